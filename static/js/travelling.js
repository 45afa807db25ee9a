/* Written down without a network: locked with a word of hers (PBKDF2, AES-GCM), kept in this browser, filled in at the
   desk, forgotten once the office has it. The name it is kept under tells nothing: a code follows from the form's own. */
(() => {
  const PLACE = "omsorg.on-the-way.";
  const { subtle } = crypto, coder = new TextEncoder();
  const one = (name) => document.querySelector(`[data-omsorg-${name}]`);
  const form = one("draft");
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).sort();
  const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
  const drawn = (length) => crypto.getRandomValues(new Uint8Array(length));
  const keyOf = async (word, salt) => subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 },
    await subtle.importKey("raw", coder.encode(word), "PBKDF2", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const count = () => {
    one("drafts").hidden = !kept().length;
    one("count").textContent = kept().length;
  };
  const fresh = () => {
    form.reset();
    form.elements.form.value = text(drawn(32)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  };
  const keep = async (event) => {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(form)), salt = drawn(16), iv = drawn(12);
    const name = new Uint8Array(await subtle.digest("SHA-256", coder.encode(said.form))).slice(0, 8);
    const hex = Array.from(name, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const key = await keyOf(one("word").value, salt);
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, key, coder.encode(JSON.stringify(said)));
    localStorage.setItem(PLACE + hex, [salt, iv, sealed].map(text).join(" "));
    fresh();
    count();
  };
  const open = async () => {
    one("wrong").hidden = true;
    for (const place of kept()) {
      const [salt, iv, sealed] = localStorage[place].split(" ").map(bytes);
      try {
        const plain = await subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(one("word").value, salt), sealed);
        const said = Object.entries(JSON.parse(new TextDecoder().decode(plain)));
        for (const [name, value] of said) if (form.elements[name]) form.elements[name].value = value;
        return form.elements.message.focus();
      } catch { /* another word */ }
    }
    one("wrong").hidden = false;
  };
  const there = one("kept");
  if (there) localStorage.removeItem(PLACE + there.dataset.omsorgKept);
  if (!form || !subtle) return;
  count();
  one("open")?.addEventListener("click", open);
  if (!one("on-the-way")) return;
  form.hidden = false;
  fresh();
  form.addEventListener("submit", keep);
})();
