// A key-holder's key: P-256, made on this phone, its private half wrapped with her PIN (PBKDF2, AES-GCM). It signs the
// canonical text of a meeting. A short PIN guards against whoever holds the phone for a moment, not against whoever
// copies what is in it and has time: a lost phone's keys are to be withdrawn.
export const ROUNDS = 600000;
export const SHORTEST = 4;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNS = { name: "ECDSA", hash: "SHA-256" };

// The PIN is another one, or what is wrapped was written over.
export class WrongPin extends Error {}

// The PIN has fewer than SHORTEST digits, or something else than digits.
export class NoPin extends Error {}

// A new key of a member: {id, group, member, public (the 65 bytes of its point, base64url), wrapped}. Ready to be kept.
export async function makeKey({ id, group, member }, pin, rounds = ROUNDS) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const point = await crypto.subtle.exportKey("raw", pair.publicKey);
  const owner = { id, group, member, public: inText(point) };
  return { ...owner, wrapped: await wrap(pair.privateKey, owner, pin, rounds) };
}

// One signature of a meeting's envelope: {member, key, signature (raw r||s, base64url)}.
export async function sign(key, pin, text) {
  const secret = await unwrap(key, pin, false);
  const signature = await crypto.subtle.sign(SIGNS, secret, new TextEncoder().encode(text));
  return { member: key.member, key: key.id, signature: inText(signature) };
}

// The same key under another PIN.
export async function changePin(key, pin, next) {
  const { wrapped: _before, ...owner } = key;
  return { ...owner, wrapped: await wrap(await unwrap(key, pin, true), owner, next, ROUNDS) };
}

// Whether this key signed this text.
export async function verify(publicKey, signature, text) {
  try {
    const key = await crypto.subtle.importKey("raw", inBytes(publicKey), CURVE, false, ["verify"]);
    return await crypto.subtle.verify(SIGNS, key, inBytes(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

async function wrap(secret, owner, pin, rounds) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await drawn(pin, salt, rounds);
  const wrapped = await crypto.subtle.wrapKey("pkcs8", secret, wrapping, sealedFor(owner, iv));
  return { rounds, salt: inText(salt), iv: inText(iv), secret: inText(wrapped) };
}

async function unwrap(key, pin, extractable) {
  const { rounds, salt, iv, secret } = key.wrapped;
  const wrapping = await drawn(pin, inBytes(salt), rounds);
  const how = sealedFor(key, inBytes(iv));
  try {
    return await crypto.subtle.unwrapKey("pkcs8", inBytes(secret), wrapping, how, CURVE, extractable, ["sign"]);
  } catch {
    throw new WrongPin();
  }
}

// Bound to its owner: a wrapped key moved to another member, or beside another public half, does not open.
function sealedFor({ id, group, member, public: half }, iv) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode([id, group, member, half].join(" ")) };
}

const digitsOf = (pin) => pin.normalize("NFKC").trim();

// Whether this can be a PIN at all.
export function isPin(pin) {
  const digits = digitsOf(pin);
  return digits.length >= SHORTEST && /^[0-9]+$/.test(digits);
}

async function drawn(pin, salt, iterations) {
  if (!isPin(pin)) throw new NoPin();
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(digitsOf(pin)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

// Bytes as base64url without padding, and back.
export function inText(bytes) {
  const signs = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function inBytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}
