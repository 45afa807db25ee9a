// Leaves at once: the link at the top, or Esc twice. What this child has kept or opened here is wiped, the page is emptied,
// and its place in the history is taken by a dull one. What lies locked from another child stays.
(() => {
  const link = document.querySelector("a[data-leave]");
  const again = document.body.dataset.again;
  // A page that a code has opened is put into the history as the one that asks for it: Back finds no code to send again.
  if (again) history.replaceState(null, "", again);
  let pressed = 0;
  for (const only of document.querySelectorAll("[data-with-script]")) only.hidden = false;
  const leave = (event) => {
    event.preventDefault();
    try {
      const own = sessionStorage.getItem("n");
      const rest = (localStorage.getItem("n") ?? "").split(" ").filter((each) => each && each.slice(0, 20) !== own);
      if (rest.length) localStorage.setItem("n", rest.join(" "));
      else localStorage.removeItem("n");
      sessionStorage.clear();
    } catch {
      // A browser that keeps nothing has nothing to wipe.
    }
    const ticket = document.querySelector("input[name=ticket]")?.value;
    for (const field of document.querySelectorAll("textarea, input")) field.value = "";
    document.body.hidden = true;
    if (ticket) navigator.sendBeacon?.(link.href, new URLSearchParams({ ticket }));
    location.replace(link.href);
  };
  for (const each of document.querySelectorAll("a[data-leave]")) each.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressed < 1000) leave(event);
    pressed = event.timeStamp;
  });
  // A code that somebody knows is left as a page is left in haste: Back finds nothing of it.
  document.querySelector("[data-closes]")?.addEventListener("submit", () => history.replaceState(null, "", link.href));
  // Pressed twice in haste is sent once.
  const sent = new WeakMap();
  addEventListener("submit", (event) => {
    const before = sent.get(event.target);
    if (before && event.timeStamp - before < 3000) event.preventDefault();
    else if (!event.defaultPrevented) sent.set(event.target, event.timeStamp);
  });
  // Whoever steps back to a page that the browser had put aside finds it fetched anew, without words.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
