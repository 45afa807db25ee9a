/* What the desk refused is put aside with its reason, and shown below what is kept (travelling.js). On the way: opens the
   page without a network from now on, and says where the browser has no room or may throw away what it keeps. */
(() => {
  const PLACE = "omsorg.on-the-way.", ASIDE = "omsorg.put-aside.";
  const one = (name) => document.querySelector(`[data-omsorg-${name}]`);
  const form = one("draft"), list = one("aside"), locked = globalThis.omsorgLocked;
  if (!form || !locked) return;
  const show = () => {
    const aside = Object.keys(localStorage).filter((key) => key.startsWith(ASIDE)).sort();
    list.hidden = !aside.length;
    const reasons = list.querySelector("ul") ?? list.appendChild(document.createElement("ul"));
    reasons.replaceChildren(...aside.map((key) => {
      const line = document.createElement("li");
      line.textContent = localStorage.getItem(key);
      return line;
    }));
  };
  addEventListener("omsorg-kept", show);
  show();
  const refused = document.querySelector(".error-summary ul");
  if (refused) {
    locked.nameOf(form.elements.form.value).then((hex) => {
      if (localStorage.getItem(PLACE + hex) === null) return;
      localStorage.setItem(ASIDE + hex, refused.textContent.replace(/\s+/g, " ").trim());
      show();
    }).catch(() => { one("full").hidden = false; });
  }
  const way = one("on-the-way");
  if (!way) return;
  navigator.serviceWorker?.register(way.dataset.omsorgOnTheWay).catch(() => {});
  const unsure = () => { one("unsure").hidden = false; };
  (async () => {
    if (!(await navigator.storage?.persist?.())) unsure();
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota && quota - usage < 1000000) one("full").hidden = false;
  })().catch(unsure);
})();
