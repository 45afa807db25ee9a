/* Written down without a network: locked with a word of hers (PBKDF2, AES-GCM), kept in this browser, filled in at the
   desk, forgotten once the office has it. The name it is kept under tells nothing: a code follows from the form's own.
   What the desk refuses is put aside with its reason, and comes after the others. No words on the screen give way to
   others before they are kept. */
(() => {
  const PLACE = "omsorg.on-the-way.", ASIDE = "omsorg.put-aside.";
  const { subtle } = crypto, coder = new TextEncoder();
  const one = (name) => document.querySelector(`[data-omsorg-${name}]`);
  const form = one("draft");
  const isAside = (key) => localStorage.getItem(ASIDE + key.slice(PLACE.length)) !== null;
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).sort();
  const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
  const drawn = (length) => crypto.getRandomValues(new Uint8Array(length));
  const keyOf = async (word, salt) => subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 },
    await subtle.importKey("raw", coder.encode(word), "PBKDF2", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const count = () => {
    const all = kept(), aside = all.filter(isAside);
    one("drafts").hidden = !all.length;
    one("count").textContent = all.length;
    const list = one("aside");
    if (!list) return;
    list.hidden = !aside.length;
    const reasons = list.querySelector("ul") ?? list.appendChild(document.createElement("ul"));
    reasons.replaceChildren(...aside.map((key) => {
      const line = document.createElement("li");
      line.textContent = localStorage.getItem(ASIDE + key.slice(PLACE.length));
      return line;
    }));
  };
  const fresh = () => {
    form.reset();
    form.elements.form.value = text(drawn(32)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  };
  const hexOf = async (token) => Array.from(
    new Uint8Array(await subtle.digest("SHA-256", coder.encode(token))).slice(0, 8),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
  const said = () => {
    const fields = new FormData(form), all = {};
    for (const name of new Set(fields.keys())) if (name !== "csrfmiddlewaretoken") all[name] = fields.getAll(name);
    return all;
  };
  const store = async (word) => {
    const now = said(), hex = await hexOf(now.form[0]), salt = drawn(16), iv = drawn(12);
    const sealed = await subtle.encrypt(
      { name: "AES-GCM", iv }, await keyOf(word, salt), coder.encode(JSON.stringify(now)));
    try {
      localStorage.setItem(PLACE + hex, [salt, iv, sealed].map(text).join(" "));
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
    const word = one("word").value, here = PLACE + await hexOf(form.elements.form.value);
    const all = kept(), at = all.indexOf(here), turned = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    for (const place of [...turned.filter((key) => !isAside(key)), ...turned.filter(isAside)]) {
      if (place === here && form.elements.message.value.trim()) continue;
      let fields;
      try {
        const [salt, iv, sealed] = localStorage[place].split(" ").map(bytes);
        const plain = await subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(word, salt), sealed);
        fields = JSON.parse(new TextDecoder().decode(plain));
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
  if (!form || !subtle) return;
  count();
  one("open")?.addEventListener("click", open);
  const refused = document.querySelector(".error-summary ul");
  if (refused) {
    hexOf(form.elements.form.value).then((hex) => {
      if (localStorage.getItem(PLACE + hex) === null) return;
      localStorage.setItem(ASIDE + hex, refused.textContent.replace(/\s+/g, " ").trim());
      count();
    }).catch(() => { one("full").hidden = false; });
  }
  if (!one("on-the-way")) return;
  form.hidden = false;
  fresh();
  form.addEventListener("submit", keep);
  navigator.serviceWorker?.register(form.dataset.omsorgOnTheWay).catch(() => {});
  const unsure = () => { one("unsure").hidden = false; };
  (async () => {
    if (!(await navigator.storage?.persist?.())) unsure();
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota && quota - usage < 1000000) one("full").hidden = false;
  })().catch(unsure);
})();
