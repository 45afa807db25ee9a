// One way to write a document, and its fingerprint: JSON with sorted keys, no spaces, text in normal form C, UTF-8.
// Whole numbers within 2^53, text, true and false, lists, objects, at most DEEPEST within each other; no fractions
// and no null.
import { Broken } from "./broken.js";

export const DEEPEST = 32;
export const NOTHING_BEFORE = "0".repeat(64);
const ASCII = /^[\0-\x7f]*$/;
const HALF_A_PAIR = /[\ud800-\udfff]/u;

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// The text that is hashed and signed. Throws Broken("canonical") for what cannot be written the one way.
export function canonical(document) {
  const text = write(document, 0);
  if (text.normalize("NFC") !== text) throw new Broken("canonical");
  return text;
}

// The document that this text (or these bytes) writes. Throws Broken("canonical") where it is not its one way.
export function readCanonical(given) {
  let text, document;
  try {
    text = typeof given === "string" ? given : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(given);
    document = JSON.parse(text);
  } catch {
    throw new Broken("canonical");
  }
  if (canonical(document) !== text) throw new Broken("canonical");
  return document;
}

// SHA-256 of a canonical text, 64 hexadecimal digits.
export async function fingerprint(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function write(part, depth) {
  if (typeof part === "string") {
    if (HALF_A_PAIR.test(part)) throw new Broken("canonical");
    return JSON.stringify(part);
  }
  if (typeof part === "boolean") return String(part);
  if (typeof part === "number") {
    if (!Number.isSafeInteger(part)) throw new Broken("canonical");
    return String(part);
  }
  if (typeof part !== "object" || part === null || depth === DEEPEST) throw new Broken("canonical");
  if (Array.isArray(part)) return `[${Array.from(part, (value) => write(value, depth + 1)).join(",")}]`;
  const names = Object.keys(part).sort();
  if (!names.every((name) => ASCII.test(name))) throw new Broken("canonical");
  return `{${names.map((name) => `${JSON.stringify(name)}:${write(part[name], depth + 1)}`).join(",")}}`;
}
