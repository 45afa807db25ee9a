// Warns before a page with unsaved answers is left: <form data-omsorg-leave>.
// A form that has saved itself says so with the event "omsorg:saved".
(() => {
  const unsaved = new Set();
  for (const form of document.querySelectorAll("form[data-omsorg-leave]")) {
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("omsorg:saved", () => unsaved.delete(form));
    form.addEventListener("submit", () => unsaved.delete(form));
  }
  addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
})();
