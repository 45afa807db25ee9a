/* Opens the page for the way where there is no network: the page itself, which names nobody, and what it is drawn with.
   No case, no answer, and nothing that somebody writes is ever kept here. With a network the newest page is shown. */
const SHELL = new URL("./", location.href);
const KEPT = `omsorg on the way ${SHELL.pathname}`;

const drawnWith = (page) => [...new Set(Array.from(page.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g), (found) => found[1]))];

const keep = async (answer) => {
  const page = await answer.clone().text(), cache = await caches.open(KEPT), wanted = drawnWith(page);
  for (const each of wanted) if (!(await cache.match(each))) await cache.add(each);
  await cache.put(SHELL, answer);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== SHELL.pathname && !wanted.includes(pathname)) await cache.delete(request);
  }
};

const isWhole = (answer) => answer.ok && !answer.redirected;

const shown = async (event) => {
  try {
    const answer = await fetch(event.request);
    if (isWhole(answer)) event.waitUntil(keep(answer.clone()).catch(() => {}));
    return answer;
  } catch {
    return (await caches.match(SHELL, { cacheName: KEPT, ignoreVary: true })) ?? Response.error();
  }
};

addEventListener("install", (event) => event.waitUntil((async () => {
  const answer = await fetch(SHELL, { cache: "reload" });
  if (!isWhole(answer)) throw new Error("the page for the way is not there");
  await keep(answer);
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (pathname === SHELL.pathname) event.respondWith(shown(event));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(event.request, { cacheName: KEPT, ignoreVary: true }).then((found) => found ?? fetch(event.request)));
  }
});
