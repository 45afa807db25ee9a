// A block of cells copied from a spreadsheet is pasted into the entry grid where the cursor stands: rows downwards over
// the lines that have a field in that column, cells to the right. One cell is pasted as the browser does it. How many
// cells found no field is said in [data-omsorg-no-place], whose text comes before the number.
(() => {
  for (const grid of document.querySelectorAll("[data-omsorg-grid]")) {
    const field = (line, column) => line?.cells[column]?.querySelector("input, select, textarea");

    // A spreadsheet gives words as they are shown; a list takes the line that says the same, or has that value.
    const put = (input, text) => {
      if (!input || input.readOnly || input.disabled) return !text.trim();
      if (input.matches("select")) {
        const said = text.trim().toLowerCase();
        const found = [...input.options].find(({ value, label }) => [value, label.toLowerCase()].includes(said));
        if (found) input.value = found.value;
      } else {
        input.value = text.trim();
      }
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return true;
    };

    grid.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
      if (!event.target.matches("td :is(input, select, textarea)") || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const at = event.target.closest("td").cellIndex;
      const all = [...grid.querySelectorAll("tbody tr:not([hidden])")].filter((line) => field(line, at) && !line.matches(".ledger-reason"));
      const first = all.indexOf(event.target.closest("tr"));
      if (first < 0) return;
      let lost = 0;
      text.split(/\r?\n/).forEach((row, down) => {
        row.split("\t").forEach((value, right) => {
          if (!put(field(all[first + down], at + right), value)) lost += 1;
        });
      });
      const told = (grid.closest("form") ?? document).querySelector("[data-omsorg-no-place]");
      if (told) told.textContent = lost ? `${told.dataset.omsorgNoPlace} ${lost}` : "";
    });
  }
})();
