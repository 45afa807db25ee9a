// The entry grid by keyboard: arrows and Enter move, Escape takes a change back, and a copied block of cells
// is pasted where the cursor stands. Lists and rooms for words are stops on the way; lines without a field in the
// column are passed over. What is changed and saved is the matter of changes.js.
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

    // A spreadsheet gives words as they are shown; a list takes the line that says the same, or has that value.
    const put = (input, text) => {
      if (!input || input.readOnly || input.disabled) return;
      if (input.matches("select")) {
        const said = text.trim().toLowerCase();
        const found = [...input.options].find(({ value, label }) => [value, label.toLowerCase()].includes(said));
        if (found) input.value = found.value;
      } else {
        input.value = text.trim();
      }
      tell(input);
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

    grid.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
      if (!event.target.matches(FIELDS) || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const at = column(event.target);
      const all = lines().filter((line) => field(line, at) && !line.matches(".ledger-reason"));
      const first = all.indexOf(event.target.closest("tr"));
      if (first < 0) return;
      text.split(/\r?\n/).forEach((row, down) => {
        row.split("\t").forEach((value, right) => put(field(all[first + down], at + right), value));
      });
    });
  }
})();
