// The entry grid by keyboard: arrows and Enter move, Escape takes a change back. Lists and rooms for words are stops
// on the way; lines without a field in the column are passed over. A pasted block is the matter of paste.js, what is
// changed and saved that of changes.js.
(() => {
  const FIELDS = "td :is(input, select, textarea)";

  for (const grid of document.querySelectorAll("[data-omsorg-grid]")) {
    const lines = () => [...grid.querySelectorAll("tbody tr:not([hidden])")];
    const field = (line, column) => line?.cells[column]?.querySelector("input, select, textarea");
    const column = (input) => input.closest("td").cellIndex;
    const tell = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

    const goDown = (input, step) => {
      const all = lines();
      const at = column(input);
      for (let row = all.indexOf(input.closest("tr")) + step; all[row]; row += step) {
        const next = field(all[row], at);
        if (next) return next.focus();
      }
    };

    const goAlong = (input, step) => {
      const line = input.closest("tr");
      for (let at = column(input) + step; line.cells[at]; at += step) {
        const next = field(line, at);
        if (next) return next.focus();
      }
    };

    grid.addEventListener("focusin", ({ target }) => target.matches("td input:not([type])") && target.select());

    grid.addEventListener("keydown", (event) => {
      const input = event.target;
      if (!input.matches(FIELDS) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" && !input.matches("textarea")) {
        event.preventDefault();
        return goDown(input, event.shiftKey ? -1 : 1);
      }
      if (!input.matches("input") || event.shiftKey) return;
      if (event.key === "Escape" && input.value !== input.defaultValue) {
        input.value = input.defaultValue;
        return tell(input);
      }
      const { selectionStart: from, selectionEnd: until, value } = input;
      const all = until - from === value.length;
      if (event.key === "ArrowUp") goDown(input, -1);
      else if (event.key === "ArrowDown") goDown(input, 1);
      else if (event.key === "ArrowLeft" && (all || until === 0)) goAlong(input, -1);
      else if (event.key === "ArrowRight" && (all || from === value.length)) goAlong(input, 1);
      else return;
      event.preventDefault();
    });
  }
})();
