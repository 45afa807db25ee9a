// What is typed into an answer is kept in this tab until it is saved, and offered again where it was lost on the way:
// <form data-omsorg-keep="<who>">, which holds a box [data-omsorg-kept] with one button to put it back and one to drop
// it. Forms of figures, of own ratings and of what is promised ask for it. A field is offered where it stands as it stood when it was typed
// over: what was saved stands over another figure since, and what was sent and never arrived does not. Where the door says
// that it was sent in vain ([data-omsorg-sent-in-vain]) all of it is offered. Signing out forgets it (page.js), and nobody is
// offered what somebody else typed in the same tab.
(() => {
  const OURS = "omsorg.typed.";
  const names = () => Object.keys(sessionStorage).filter((name) => name.startsWith(OURS));
  const read = (name) => JSON.parse(sessionStorage.getItem(name) ?? '{"cells":{}}');

  if (document.querySelector("[data-omsorg-sent-in-vain]")) {
    for (const name of names()) sessionStorage.setItem(name, JSON.stringify({ ...read(name), lost: true }));
  }

  for (const form of document.querySelectorAll("form[data-omsorg-keep]")) {
    const mine = `${OURS}${form.dataset.omsorgKeep}.`;
    const here = `${mine}${location.pathname}`;
    for (const name of names()) if (!name.startsWith(mine)) sessionStorage.removeItem(name);

    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(({ name }) => name);
    const ticked = ({ type }) => type === "checkbox" || type === "radio";
    const key = (field) => (form.elements[field.name] === field ? field.name : `${field.name} ${field.value}`);
    const now = (field) => (ticked(field) ? String(field.checked) : field.value);
    const first = new Map(fields.map((field) => [field, now(field)]));
    const over = ({ name }) => {
      const cell = name.slice(name.indexOf("-") + 1);
      return (form.elements[`x-${cell}`] ?? form.elements[`expected-${cell}`] ?? form.elements.expected)?.value ?? "";
    };
    const put = (field, value) => {
      if (ticked(field)) field.checked = value === "true";
      else field.value = value;
      for (const happened of ["input", "change"]) field.dispatchEvent(new Event(happened, { bubbles: true }));
    };

    const before = read(here);
    let offered = fields.filter((field) => {
      const cell = before.cells[key(field)];
      return cell && cell.value !== now(field) && (before.lost || cell.over === over(field));
    });
    // Shown again as it was sent, over the same figure: it is not saved either.
    const unsaved = new Set(
      fields.filter((field) => {
        const cell = before.cells[key(field)];
        return cell && cell.value === now(field) && cell.over === over(field);
      }),
    );
    const keep = () => {
      const cells = Object.fromEntries(offered.map((field) => [key(field), before.cells[key(field)]]));
      for (const field of fields) {
        if (unsaved.has(field) || now(field) !== first.get(field)) cells[key(field)] = { value: now(field), over: over(field) };
      }
      if (Object.keys(cells).length) sessionStorage.setItem(here, JSON.stringify({ cells }));
      else sessionStorage.removeItem(here);
    };

    const box = form.querySelector("[data-omsorg-kept]");
    const settle = (put_back) => {
      const found = offered;
      offered = [];
      box.hidden = true;
      if (put_back) for (const field of found) put(field, before.cells[key(field)].value);
      keep();
    };
    if (offered.length) {
      box.hidden = false;
      box.querySelector("[data-omsorg-put-back]").addEventListener("click", () => settle(true));
      box.querySelector("[data-omsorg-drop-kept]").addEventListener("click", () => settle(false));
    } else {
      keep();
    }
    form.addEventListener("input", () => keep());
    form.addEventListener("change", () => keep());
  }
})();
