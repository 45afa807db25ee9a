// Looks again by itself whether work has gone on: <div data-omsorg-look-again="3">, in seconds.
// Without script the page is fetched anew as a whole; with it only this part is put in place of the old one.
(() => {
  const MARK = "[data-omsorg-look-again]";
  const look = async () => {
    const shown = document.querySelector(MARK);
    if (!shown) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector(MARK);
      if (!now) return location.reload();
      if (!shown.isEqualNode(now)) shown.replaceWith(now);
    } catch {
      // The site does not answer just now: look again later.
    }
    setTimeout(look, 1000 * shown.dataset.omsorgLookAgain);
  };
  const first = document.querySelector(MARK);
  if (first) setTimeout(look, 1000 * first.dataset.omsorgLookAgain);
})();
