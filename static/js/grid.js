// The entry grid by keyboard: arrows and Enter move, Escape takes a change back, and a copied block of cells
// is pasted where the cursor stands. What is changed and saved is the matter of changes.js.
(() => {
  for (const grid of document.querySelectorAll("[data-omsorg-grid]")) {
    const rows = [...grid.querySelectorAll("tbody tr")].map((row) =>
      [...row.cells].map((cell) => cell.querySelector("input")),
    );
    const place = (input) => [input.closest("tr").sectionRowIndex, input.closest("td").cellIndex];
    const tell = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

    grid.addEventListener("focusin", ({ target }) => target.matches("td input") && target.select());

    grid.addEventListener("keydown", (event) => {
      const input = event.target;
      if (!input.matches("td input") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && input.value !== input.defaultValue) {
        input.value = input.defaultValue;
        tell(input);
      }
      const { selectionStart: from, selectionEnd: until, value } = input;
      const all = until - from === value.length;
      const step = {
        ArrowUp: [-1, 0],
        ArrowDown: [1, 0],
        Enter: [event.shiftKey ? -1 : 1, 0],
        ArrowLeft: (all || until === 0) && [0, -1],
        ArrowRight: (all || from === value.length) && [0, 1],
      }[event.key];
      if (!step || (event.shiftKey && event.key !== "Enter")) return;
      event.preventDefault();
      const [row, column] = place(input);
      rows[row + step[0]]?.[column + step[1]]?.focus();
    });

    grid.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
      if (!event.target.matches("td input") || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const [row, column] = place(event.target);
      text.split(/\r?\n/).forEach((line, down) => {
        line.split("\t").forEach((value, right) => {
          const input = rows[row + down]?.[column + right];
          if (input && !input.readOnly) input.value = value.trim();
        });
      });
      tell(event.target);
    });
  }
})();
