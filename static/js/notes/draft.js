// Words that are not sent yet, kept on the phone under a word of the child's: AES-GCM, the key drawn from the word and
// never kept. Sending wipes them, and so does leaving in haste. Without network nothing is sent, and nothing is lost.
(() => {
  const place = document.querySelector("[data-draft]");
  const form = document.querySelector("[data-writing]");
  if (!place || !window.crypto?.subtle) return;
  const [word, keep, open, told] = ["word", "keep", "open", "told"].map((n) => place.querySelector(`[data-${n}]`));
  const message = form.elements.message;
  const NAME = "n";
  const tell = (text) => (told.textContent = text);
  place.hidden = false;
  open.hidden = !localStorage.getItem(NAME);

  async function key(salt) {
    const secret = new TextEncoder().encode(word.value.trim().toLowerCase());
    const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 };
    return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  keep.addEventListener("click", async () => {
    if (!word.value.trim()) return word.focus();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(message.value);
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(salt), text));
    localStorage.setItem(NAME, btoa(String.fromCharCode(...salt, ...iv, ...sealed)));
    word.value = "";
    open.hidden = false;
    tell(place.dataset.done);
  });

  open.addEventListener("click", async () => {
    const kept = Uint8Array.from(atob(localStorage.getItem(NAME) ?? ""), (sign) => sign.charCodeAt(0));
    try {
      const how = { name: "AES-GCM", iv: kept.slice(16, 28) };
      const text = await crypto.subtle.decrypt(how, await key(kept.slice(0, 16)), kept.slice(28));
      message.value = new TextDecoder().decode(text);
      word.value = "";
      tell("");
    } catch {
      tell(place.dataset.wrong);
    }
  });

  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return localStorage.removeItem(NAME);
    event.preventDefault();
    place.open = true;
    tell(place.dataset.offline);
  });
})();
