// Marks changed cells of an entry grid, counts them, and sends them while one works where the grid has
// data-omsorg-autosave="<address>". The address answers 2xx when it has kept every figure sent; anything else
// leaves the cells marked, and the person saves by the button as without script.
(() => {
  const PAUSE = 1500;

  for (const grid of document.querySelectorAll("[data-omsorg-grid]")) {
    const form = grid.closest("form");
    const status = form?.querySelector("[data-omsorg-grid-status]");
    const url = grid.dataset.omsorgAutosave;
    const inputs = [...grid.querySelectorAll("td :is(input, select, textarea)")];
    const differs = ({ options, value, defaultValue }) =>
      options ? [...options].some((o) => o.selected !== o.defaultSelected) : value !== defaultValue;
    const changed = () => inputs.filter(differs);
    let timer;

    const say = (sentence, count = "") => {
      if (status) status.textContent = sentence ? `${status.dataset[sentence]} ${count}`.trim() : "";
    };

    const mark = () => {
      const now = new Set(changed());
      for (const input of inputs) input.closest("td").toggleAttribute("data-omsorg-dirty", now.has(input));
      say(now.size && "omsorgUnsaved", now.size || "");
    };

    const send = async () => {
      const sent = changed().map((input) => [input, input.value]);
      if (!sent.length) return;
      const body = new FormData();
      for (const { name, value } of form.querySelectorAll("input[type=hidden]")) body.append(name, value);
      for (const [input, value] of sent) body.append(input.name, value);
      say("omsorgSaving");
      const answer = await fetch(url, { method: "POST", body }).catch(() => null);
      if (!answer?.ok || answer.redirected) return say("omsorgNotSaved");
      for (const [input, value] of sent) input.defaultValue = value;
      mark();
      if (changed().length) return;
      say("omsorgSaved");
      form.dispatchEvent(new Event("omsorg:saved"));
    };

    grid.addEventListener("input", () => {
      mark();
      clearTimeout(timer);
      if (url && form) timer = setTimeout(send, PAUSE);
    });
  }
})();
