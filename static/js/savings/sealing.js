// From what was typed to a sealed meeting: the document, the signatures of key-holders, and what is read out of it. The
// rules are asked first: what they refuse is never signed.
import { sign, verify } from "./keys.js";
import { canonical, fingerprint, readCanonical } from "./rules/canonical.js";
import { apply } from "./rules/meeting.js";
import { State } from "./rules/state.js";

// Why an envelope is not whole: "hash" (of another text), "signature" (missing, twice, of somebody who is no
// key-holder, or of another text or key).
export class NotSealed extends Error {
  constructor(why, member = 0) {
    super(why);
    this.why = why;
    this.member = member;
  }
}

// A new meeting's identifier: UUID version 7, of the clock (whatever it says) and of chance.
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = BigInt(Math.max(Math.trunc(now), 0));
  for (let at = 0; at < 6; at += 1) bytes[at] = Number((time >> BigInt(8 * (5 - at))) & 255n);
  bytes[6] = (bytes[6] & 15) | 112;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// The document of a group's next meeting. `kept` is the group's state as written; `lines` are without numbers;
// `clock` is {began, sealed, monotonic_ms}. All text is put in normal form here, as people type it in more than one.
export function written(kept, { id, held_on, device, pen, clock, lines }) {
  const opens = kept.closed && lines[0]?.kind === "cycle_open";
  const law = opens && Object.keys(kept.pending).length ? kept.pending : kept.constitution;
  return composed({
    format: 1,
    id,
    group: kept.group,
    seq: kept.seq + 1,
    cycle: kept.cycle + Number(opens),
    prev: kept.head,
    constitution: law.version,
    held_on,
    device,
    pen,
    clock,
    lines: lines.map((line, place) => ({ ...line, n: place + 1 })),
  });
}

// What the rules make of a document: {document (its text), hash, state (the group's next, as written), transactions}.
// Throws Broken.
export async function reckoned(kept, document) {
  const text = canonical(document);
  const hash = await fingerprint(text);
  const { state, transactions } = apply(State.fromJSON(kept), document, hash);
  return { document: text, hash, state: state.toJSON(), transactions };
}

// One key-holder signs with her PIN. Gives the signature for the envelope.
export const signed = ({ document }, key, pin) => sign(key, pin, document);

// Checks an envelope: its hash, and as many signatures as the group has key-holders to give, each by another
// key-holder of `kept` (the state before the meeting; of the first meeting the state after). `keys` are {id, member,
// public}. Gives the document.
export async function checked(envelope, kept, keys) {
  const document = readCanonical(envelope.document);
  if ((await fingerprint(envelope.document)) !== envelope.hash) throw new NotSealed("hash");
  const holders = kept.roles.key_holder ?? [];
  const seen = new Set();
  for (const { member, key, signature } of envelope.signatures) {
    const own = keys.find((each) => each.id === key && each.member === member);
    const known = own && holders.includes(member) && !seen.has(member);
    if (!known || !(await verify(own.public, signature, envelope.document))) throw new NotSealed("signature", member);
    seen.add(member);
  }
  if (seen.size < kept.constitution.key_holders) throw new NotSealed("signature");
  return document;
}

// A member's code of a meeting: eight signs, easily read out, of the meeting's hash and her number. Two books with the
// same code tell of the same meeting.
export async function memberCode(hash, member) {
  const code = await fingerprint(`${hash}:${member}`);
  const signs = Array.from({ length: 8 }, (_, at) => READ_OUT[parseInt(code.slice(2 * at, 2 * at + 2), 16) % 32]);
  return `${signs.slice(0, 4).join("")}-${signs.slice(4).join("")}`;
}

// Neither I, L, O nor U: nothing that is heard or read as something else.
const READ_OUT = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function composed(part) {
  if (typeof part === "string") return part.normalize("NFC");
  if (Array.isArray(part)) return part.map(composed);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, composed(value)]));
}
