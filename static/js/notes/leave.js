// Leaves at once: the link at the top, or Esc twice. What this child has kept or opened here is wiped, the page is emptied,
// and its place in the history is taken by a dull one. What lies locked from another child stays.
(() => {
  const link = document.querySelector("a[data-leave]");
  let pressed = 0;
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
    for (const field of document.querySelectorAll("textarea, input")) field.value = "";
    document.body.hidden = true;
    location.replace(link.href);
  };
  for (const each of document.querySelectorAll("a[data-leave]")) each.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressed < 1000) leave(event);
    pressed = event.timeStamp;
  });
  // Whoever steps back to a page that the browser had put aside finds it fetched anew, without words.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
