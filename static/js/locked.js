/* Locks what an ombudsperson writes down on the way with a word of hers (PBKDF2, AES-GCM): travelling.js keeps it. */
globalThis.omsorgLocked = (() => {
  const { subtle } = crypto, coder = new TextEncoder();
  const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
  const drawn = (length) => crypto.getRandomValues(new Uint8Array(length));
  const keyOf = async (word, salt) => subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 },
    await subtle.importKey("raw", coder.encode(word), "PBKDF2", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // A name that tells nothing: a code follows from the form's own.
  const nameOf = async (token) => Array.from(
    new Uint8Array(await subtle.digest("SHA-256", coder.encode(token))).slice(0, 8),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
  const lock = async (word, said) => {
    const salt = drawn(16), iv = drawn(12), key = await keyOf(word, salt);
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, key, coder.encode(JSON.stringify(said)));
    return [salt, iv, sealed].map(text).join(" ");
  };
  const unlock = async (word, kept) => {
    const [salt, iv, sealed] = kept.split(" ").map(bytes);
    const plain = await subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(word, salt), sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  };
  const token = () => text(drawn(32)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return subtle && { nameOf, lock, unlock, token };
})();
