// Small comforts of every page: print, menus that close, a question before what cannot be undone.
// Nothing rests on them: every page works without.
(() => {
  for (const button of document.querySelectorAll("[data-omsorg-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // On a phone the menu is wider than the screen: where one is, is brought into sight.
  const here = document.querySelector(".site-menu [aria-current]");
  const menu = here?.closest("ul");
  if (menu) menu.scrollLeft += here.getBoundingClientRect().left - menu.getBoundingClientRect().left;

  // A box that is wider than the screen can be moved by keyboard too; one that is not is no stop on the way.
  const boxes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll(".table, [data-omsorg-scroll]")) boxes.observe(box);

  // Paper cannot be pressed: what is folded is opened for it, and folded again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });

  const drops = [...document.querySelectorAll("[data-omsorg-drop]")];
  document.addEventListener("click", ({ target }) => {
    for (const drop of drops) if (!drop.contains(target)) drop.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const drop of drops) {
      if (drop.open && drop.contains(document.activeElement)) drop.querySelector("summary").focus();
      drop.open = false;
    }
  });

  // One press ticks every box of the section, a second one none.
  for (const button of document.querySelectorAll("[data-omsorg-tick]")) {
    const boxes = [...button.closest("section").querySelectorAll("input[type=checkbox]")];
    button.hidden = boxes.length < 2;
    button.addEventListener("click", () => {
      const ticked = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !ticked;
    });
  }

  // A long list of boxes is sifted by what is typed above it; what is ticked stays in sight.
  for (const form of document.querySelectorAll("[data-omsorg-sift]")) {
    for (const group of form.querySelectorAll("fieldset")) {
      const lines = [...group.querySelectorAll("label")].filter((line) => line.querySelector("input[type=checkbox]"));
      if (lines.length < 8) continue;
      const label = document.createElement("label");
      const sought = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
      label.append(form.dataset.omsorgSift, " ", sought);
      lines[0].closest("[id]").before(label);
      sought.addEventListener("input", () => {
        const word = sought.value.trim().toLowerCase();
        for (const line of lines) {
          const away = !line.textContent.toLowerCase().includes(word) && !line.querySelector("input").checked;
          line.parentElement.hidden = away;
        }
      });
    }
  }

  // Whoever signs out leaves nothing of what they typed in this tab (kept.js).
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-omsorg-forget]")) return;
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("omsorg.typed.")) sessionStorage.removeItem(name);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-omsorg-confirm]");
    if (button && !window.confirm(button.dataset.omsorgConfirm)) event.preventDefault();
  });
})();
