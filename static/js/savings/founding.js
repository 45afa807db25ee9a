// A group is set up on its phone: its constitution, its members and officers, and three keys. What follows from what
// was typed is the first sealed meeting, in which nobody pays anything yet.
import { isPin, makeKey, NoPin } from "./keys.js";
import { newId, reckoned, signed, written } from "./sealing.js";
import { State } from "./rules/state.js";

export const OFFICES = ["chair", "secretary", "box_keeper", "money_counter"];
export const HOLDERS = [1, 2, 3];

// The constitution of what was said: {currency, share_value, social_amount, late, absent (amounts in minor units),
// shares_max, loan_multiple, loan_max_term (counts), project, charge (of a hundred)}, all strings of digits.
export function lawOf(said) {
  const fines = ["late", "absent"].filter((reason) => BigInt(said[reason]) > 0n);
  return {
    currency: said.currency,
    share_value: said.share_value,
    social_amount: said.social_amount,
    shares_max: Number(said.shares_max),
    loan_multiple: Number(said.loan_multiple),
    loan_max_term: Number(said.loan_max_term),
    project: said.project === "0" ? { mode: "none" } : { rate_bp: 100 * Number(said.project) },
    charge: said.charge === "0" ? { method: "none" } : { rate_bp: 100 * Number(said.charge) },
    fines: Object.fromEntries(fines.map((reason) => [reason, said[reason]])),
  };
}

// The lines of the first meeting. `officers` names the member of each office and of each key; `yes` hands are raised.
export function firstLines(constitution, names, officers, yes) {
  const vote = (about) => ({ kind: "vote", about, yes, no: 0, abstain: names.length - yes });
  const roles = [...OFFICES, ...HOLDERS.map(() => "key_holder")];
  const lines = names.map((name, place) => ({ kind: "member_in", member: place + 1, name }));
  for (const [place, role] of roles.entries()) {
    lines.push({ kind: "role_change", member: officers[place], role, holds: true });
    lines.push(vote(lines.length));
  }
  const social = constitution.social_amount !== "0" ? ["social"] : [];
  const project = constitution.project.mode === "own" ? ["project"] : [];
  const counted = (when) => (fund) => ({ kind: "counted", fund, when, amount: "0" });
  lines.push(...[...social, "loan", ...project].map(counted("opening")));
  lines.push(...[...social, "loan", ...project].map(counted("closing")));
  return lines;
}

// The first meeting as the rules take it: {group, device, document, hash, state}. Throws Broken for what they refuse.
export async function rehearsed({ law, names, officers, yes, held_on }, now = new Date()) {
  const group = crypto.randomUUID();
  const device = crypto.randomUUID();
  const before = State.founded(group, law).toJSON();
  const moment = now.toISOString();
  const clock = { began: moment, sealed: moment, monotonic_ms: 0 };
  const lines = firstLines(before.constitution, names, officers, yes);
  const document = written(before, { id: newId(Number(now)), held_on, device, pen: 1, clock, lines });
  return { group, device, ...(await reckoned(before, document)) };
}

// {group, keys, envelope}, ready to be kept as one. `pins` are those of the three key-holders, in the order of the keys.
// Throws Broken, NoPin.
export async function founded(plan, pins) {
  if (!pins.every(isPin)) throw new NoPin();
  const { name, law, officers } = plan;
  const { group, device, document: text, hash, state } = await rehearsed(plan);
  const holders = officers.slice(OFFICES.length);
  const keys = await Promise.all(holders.map((member, place) => makeKey({ id: newId(), group, member }, pins[place])));
  const signatures = await Promise.all(keys.map((key, place) => signed({ document: text }, key, pins[place])));
  const shared = keys.map(({ id, member, public: half }) => ({ id, member, public: half }));
  const founding = { constitution: law, device, keys: shared };
  return { group: { id: group, name, device, founding, state }, keys, envelope: { document: text, hash, signatures } };
}
