// Keeps the phone's page for weeks without network. All of a version comes from one cache, never a part of another; a
// new version waits until the page says that no meeting is open.
const KEPT = "omsorg-phone-{{ version }}";
const ADDRESSES = {{ addresses|safe }};

self.addEventListener("install", (event) => {
  const fresh = ADDRESSES.map((address) => new Request(address, { cache: "no-cache" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const former = names.filter((name) => name.startsWith("omsorg-phone-") && name !== KEPT);
      return Promise.all(former.map((name) => caches.delete(name)));
    }),
  );
});

self.addEventListener("message", ({ data }) => data === "no-meeting-is-open" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !ADDRESSES.includes(pathname)) return;
  event.respondWith(
    caches.open(KEPT).then(async (cache) => (await cache.match(pathname)) ?? fetch(event.request)),
  );
});
