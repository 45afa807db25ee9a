// Words that are not sent yet, kept on the phone under a word of the child's: AES-GCM, the key drawn from the word and
// never kept. Each lies for itself: on a shared phone nobody throws away another child's. One's own goes once it has come
// in, and when one leaves in haste. Without network nothing is sent, and nothing is lost.
(() => {
  const NAME = "n";
  const SHORTEST = 5;
  const all = () => (localStorage.getItem(NAME) ?? "").split(" ").filter(Boolean);
  const put = (kept) => (kept.length ? localStorage.setItem(NAME, kept.join(" ")) : localStorage.removeItem(NAME));
  const others = () => all().filter((each) => each.slice(0, 20) !== sessionStorage.getItem(NAME));
  if (document.querySelector("[data-sent]")) {
    put(others());
    sessionStorage.removeItem(NAME);
  }
  const place = document.querySelector("[data-draft]");
  const form = document.querySelector("[data-writing]");
  if (!place || !window.crypto?.subtle) return;
  const [word, keep, open, told] = ["word", "keep", "open", "told"].map((n) => place.querySelector(`[data-${n}]`));
  const message = form.elements.message;
  const tell = (text) => (told.textContent = text);
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  place.hidden = false;
  open.hidden = !all().length;

  async function key(salt) {
    const secret = new TextEncoder().encode(word.value.trim().toLowerCase());
    const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 };
    return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  keep.addEventListener("click", async () => {
    if (word.value.trim().length < SHORTEST) return word.focus(), tell(place.dataset.longer);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(message.value);
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(salt), text));
    const kept = btoa(Array.from([...salt, ...iv, ...sealed], (byte) => String.fromCharCode(byte)).join(""));
    try {
      put([...others(), kept]);
    } catch {
      return tell(place.dataset.full);
    }
    sessionStorage.setItem(NAME, kept.slice(0, 20));
    word.value = "";
    open.hidden = false;
    tell(place.dataset.done);
  });

  open.addEventListener("click", async () => {
    for (const kept of all()) {
      const lying = bytes(kept);
      try {
        const how = { name: "AES-GCM", iv: lying.slice(16, 28) };
        const text = await crypto.subtle.decrypt(how, await key(lying.slice(0, 16)), lying.slice(28));
        message.value = new TextDecoder().decode(text);
        sessionStorage.setItem(NAME, kept.slice(0, 20));
        word.value = "";
        return tell("");
      } catch {
        // Another child's: it opens with another word.
      }
    }
    tell(place.dataset.wrong);
  });

  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    place.open = true;
    const away = form.querySelector("[data-away]");
    away.hidden = false;
    away.scrollIntoView({ block: "center" });
  });
})();
