// Light, dark, or as the device has it. Runs in the head, so that the page is never drawn in the wrong one;
// the choice stays in this browser.
(() => {
  const root = document.documentElement;
  const key = "omsorg-theme";
  const kept = () => {
    try {
      return localStorage.getItem(key) || "";
    } catch {
      return "";
    }
  };
  const wear = (theme) => {
    if (theme) root.dataset.omsorgTheme = theme;
    else delete root.dataset.omsorgTheme;
  };
  const keep = (theme) => {
    try {
      if (theme) localStorage.setItem(key, theme);
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still shows the choice on this page.
    }
  };
  wear(kept());

  document.addEventListener("DOMContentLoaded", () => {
    const groups = document.querySelectorAll("[data-omsorg-theme-switch]");
    const press = (theme) => {
      for (const group of groups) {
        for (const button of group.querySelectorAll("button")) {
          button.setAttribute("aria-pressed", String(button.value === theme));
        }
      }
    };
    press(kept());
    for (const group of groups) {
      group.hidden = false;
      group.addEventListener("click", ({ target }) => {
        if (target.tagName !== "BUTTON") return;
        wear(target.value);
        keep(target.value);
        press(target.value);
      });
    }
  });
})();
