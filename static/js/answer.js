// While figures and ratings are entered: the line for a reason opens where a value goes backwards, and cause, date and
// reason open where something is off track. Only a hint: what must be said is decided when the answer is saved.
(() => {
  const number = (text, mark) => {
    const unclear = mark === "," ? /^[1-9]\d{0,2}[.,]\d{3}$/ : /^[1-9]\d{0,2}\.\d{3}$/; // is asked about when saved
    if (unclear.test(text.trim())) return NaN;
    const plain = text.replace(/[\s'’]/g, "").replaceAll(mark === "," ? "." : ",", "").replace(mark, ".");
    return plain === "" ? NaN : Number(plain);
  };

  for (const grid of document.querySelectorAll("[data-omsorg-mark]")) {
    const mark = grid.dataset.omsorgMark;
    grid.addEventListener("input", ({ target }) => {
      const line = target.closest("tr[data-omsorg-better]");
      const reason = line?.nextElementSibling;
      if (!reason?.matches(".ledger-reason")) return;
      const [n, d] = ["n-", "d-"].map((name) => line.querySelector(`[name^="${name}"]`));
      const now = number(n?.value ?? "", mark) / (d ? number(d.value, mark) : 1);
      const before = Number(line.dataset.omsorgBefore || NaN);
      const worse = line.dataset.omsorgBetter === "down" ? now > before : now < before;
      const needed = Boolean(line.dataset.omsorgBetter) && worse;
      const said = reason.querySelector("input").value || reason.querySelector(".grid-error");
      reason.hidden = !needed && !said;
    });
  }

  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-omsorg-rating]")) return;
    const more = target.parentElement.querySelector(".rate-more");
    more.hidden = target.value !== "off_track" && !more.querySelector("[name^='reason']").value;
  });
})();
