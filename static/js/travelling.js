/* Written down without a network: locked with a word of hers (locked.js), kept in this browser, filled in at the desk,
   forgotten once the office has it. No words on the screen give way to others before they are kept; what was put aside
   (put-aside.js) comes last. */
(() => {
  const PLACE = "omsorg.on-the-way.", ASIDE = "omsorg.put-aside.";
  const locked = globalThis.omsorgLocked;
  const one = (name) => document.querySelector(`[data-omsorg-${name}]`);
  const form = one("draft");
  const isAside = (key) => localStorage.getItem(ASIDE + key.slice(PLACE.length)) !== null;
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).sort();
  const count = () => {
    one("drafts").hidden = !kept().length;
    one("count").textContent = kept().length;
    dispatchEvent(new Event("omsorg-kept"));
  };
  const fresh = () => {
    form.reset();
    form.elements.form.value = locked.token();
  };
  const said = () => {
    const fields = new FormData(form), all = {};
    for (const name of new Set(fields.keys())) if (name !== "csrfmiddlewaretoken") all[name] = fields.getAll(name);
    return all;
  };
  const store = async (word) => {
    const now = said(), name = await locked.nameOf(now.form[0]), sealed = await locked.lock(word, now);
    try {
      localStorage.setItem(PLACE + name, sealed);
    } catch {
      one("full").hidden = false;
      one("full").scrollIntoView({ block: "center" });
      return false;
    }
    one("full").hidden = true;
    return JSON.stringify(said()) === JSON.stringify(now);
  };
  const keep = async (event) => {
    event.preventDefault();
    if (await store(one("word").value)) fresh();
    count();
  };
  const fill = (fields) => {
    for (const field of form.elements) {
      if (!(field.name in fields)) continue;
      const values = [fields[field.name]].flat();
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0];
    }
    for (const box of form.querySelectorAll("[type=checkbox]")) if (!(box.name in fields)) box.checked = false;
  };
  const open = async () => {
    one("wrong").hidden = true;
    const word = one("word").value, here = PLACE + await locked.nameOf(form.elements.form.value);
    const all = kept(), at = all.indexOf(here), turned = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    for (const place of [...turned.filter((key) => !isAside(key)), ...turned.filter(isAside)]) {
      if (place === here && form.elements.message.value.trim()) continue;
      let fields;
      try {
        fields = await locked.unlock(word, localStorage[place]);
      } catch {
        continue; /* another word */
      }
      if (place !== here && form.elements.message.value.trim() && !(await store(word))) return count();
      fill(fields);
      count();
      return form.elements.message.focus();
    }
    if (all.length === 1 && all[0] === here) return form.elements.message.focus();
    one("wrong").hidden = false;
  };
  const there = one("kept");
  if (there) for (const each of [PLACE, ASIDE]) localStorage.removeItem(each + there.dataset.omsorgKept);
  if (!form || !locked) return;
  count();
  one("open")?.addEventListener("click", open);
  if (!one("on-the-way")) return;
  form.hidden = false;
  fresh();
  form.addEventListener("submit", keep);
})();
