// A meeting step by step: which screens there are, and the lines that follow from what was said on them.
import { OFFICERS } from "../rules/lines.js";
import { settled, soFar } from "../sofar.js";
import { written } from "../sealing.js";
import { lawAsChanged } from "./law.js";
import { typedAmount } from "./words.js";

// The screens of this group's meeting in its own order: {name, fund, when}.
export function screensOf(state) {
  const law = state.constitution;
  const social = law.social_amount !== "0" || Boolean(state.balances["cash:social"]);
  const own = law.project.mode === "own";
  const fines = (fund) => (law.fine_fund === fund ? [{ name: "fines" }] : []);
  const counting = (fund, when) => ({ name: "count", fund, when });
  const screens = {
    roll: [{ name: "day" }, { name: "roll" }],
    social: social ? [counting("social", "opening"), { name: "social" }, { name: "grants" }, ...fines("social")] : [],
    fund: [counting("loan", "opening"), ...fines("loan")],
    shares: [{ name: "shares" }],
    repayments: [{ name: "repayments" }],
    loans: [{ name: "loans" }],
    project: own ? [counting("project", "opening"), { name: "project" }] : [],
    business: [{ name: "business" }],
    closing: [
      ...(social ? [counting("social", "closing")] : []),
      counting("loan", "closing"),
      ...(own ? [counting("project", "closing")] : []),
      { name: "seal" },
    ],
  };
  return law.steps.flatMap((step) => screens[step]);
}

// Who is a member today, with those who join in this meeting: [number, member].
export function people(state, said) {
  const members = Object.entries(state.members).filter(([, member]) => !member.left);
  const next = Math.max(0, ...Object.keys(state.members).map(Number)) + 1;
  const joined = (said.joined ?? []).map((name, place) => [String(next + place), { name, hands: 1, fines: "0", joins: true }]);
  return [...members, ...joined];
}

export const voters = (state, said) => people(state, said).filter(([number]) => said[`how:${number}`] !== "absent").length;

// The document as far as the screen at place `until` goes; `sealed` is the time of sealing where that is.
export function documentOf(state, draft, screens, until, sealed = "") {
  const { id, held_on, device, pen, began, ms } = draft;
  const clock = { began, sealed: sealed || began, monotonic_ms: ms };
  const document = (lines) => written(state, { id, held_on, device, pen, clock, lines });
  let lines = [];
  for (const screen of screens.slice(0, until + 1)) {
    const due = DUE[screen.name] ? soFar(state, document(lines)).due.filter(({ kind }) => kind === DUE[screen.name]) : [];
    lines = [...lines, ...due];
    const far = () => document(lines);
    LINES[screen.name]?.({ state, draft, said: draft.said, screen, write: (...more) => lines.push(...more), lines, far });
  }
  return document(lines);
}

const DUE = { repayments: "charge_due", project: "project_in" };

const LINES = {
  roll({ state, said, write }) {
    const { fines } = state.constitution;
    const all = people(state, said);
    for (const [number, { name, joins }] of all) if (joins) write({ kind: "member_in", member: Number(number), name });
    for (const [number] of all) {
      const how = said[`how:${number}`];
      if (!how) continue;
      const member = Number(number);
      write({ kind: "attendance", member, how });
      if (fines[how]) write({ kind: "fine_set", member, reason: how, amount: fines[how] });
    }
  },
  count({ state, said, screen: { fund, when }, write, lines }) {
    const mark = `${fund}:${when}`;
    if (when === "opening" && state.constitution.recitation && typeof said[`recited:${fund}`] === "boolean") {
      write({ kind: "recited_balance", fund, right: said[`recited:${fund}`] });
    }
    const notes = notesOf(said[`notes:${mark}`]);
    write({ kind: "counted", fund, when, amount: String(countedIn(said[`notes:${mark}`])), notes });
    const gap = said[`gap:${mark}`];
    if (!gap || gap.amount === "0") return;
    write({ kind: "difference", fund, amount: gap.amount, reason: gap.reason ?? "" });
    voted(write, lines, gap);
  },
  social({ state, said, write }) {
    for (const member of marked(said, "social")) {
      write({ kind: "social_in", member, amount: state.constitution.social_amount });
    }
  },
  grants({ state, said, write, lines }) {
    for (const grant of said.grants ?? []) {
      const amount = typedAmount(grant.amount, state.constitution.currency);
      write({ kind: "social_grant", member: Number(grant.member), amount, reason: grant.reason });
      voted(write, lines, grant);
    }
  },
  fines({ state, said, write }) {
    for (const [member, amount] of finesOf(state, said)) {
      if (said[`fine:${member}`]) write({ kind: "fine_paid", member, amount: String(amount) });
    }
  },
  shares({ said, write }) {
    for (const member of marked(said, "shares")) write({ kind: "share_buy", member, shares: said[`shares:${member}`] });
  },
  repayments({ state, said, write }) {
    for (const [loan] of openLoans(state)) {
      const amount = typedAmount(said[`repaid:${loan}`], state.constitution.currency);
      if (amount && amount !== "0") write({ kind: "loan_in", loan: Number(loan), amount });
    }
  },
  loans({ state, said, write, lines }) {
    let next = Math.max(0, ...Object.keys(state.loans).map(Number));
    for (const asked of said.loans ?? []) {
      const member = Number(asked.member);
      const term = Number(asked.term);
      const amount = typedAmount(asked.amount, state.constitution.currency);
      write({ kind: "loan_request", member, amount, term, for: asked.reason });
      voted(write, lines, asked);
      write({ kind: "loan_out", member, loan: (next += 1), amount, term });
    }
  },
  project({ state, said, write }) {
    if (state.constitution.project.fixed === "0") return;
    for (const member of marked(said, "project")) {
      write({ kind: "project_in", member, amount: state.constitution.project.fixed });
    }
  },
  business({ state, said, write, lines, far }) {
    for (const going of said.leaves ?? []) {
      const [member, reason] = [Number(going.member), going.reason];
      write({ kind: "member_out", member, reason, paid: settled(state, far(), member, reason).paid });
      if (reason === "expelled") voted(write, lines, going);
    }
    for (const elected of said.elected ?? []) {
      const { role } = elected;
      const holders = soFar(state, far()).roles[role] ?? [];
      if (holders.length >= OFFICERS.get(role)) write({ kind: "role_change", member: holders[0], role, holds: false });
      write({ kind: "role_change", member: Number(elected.member), role, holds: true });
      voted(write, lines, elected);
    }
    if (said.rules) {
      const constitution = lawAsChanged(state.constitution, said.rules);
      write({ kind: "constitution_change", version: constitution.version, constitution });
      voted(write, lines, said.rules);
    }
  },
};

// The hands raised about the line written last; who raised none has no opinion.
function voted(write, lines, { yes = 0, no = 0, voters = 0 }) {
  write({ kind: "vote", about: lines.length, yes, no, abstain: Math.max(0, voters - yes - no) });
}

const marked = (said, what) =>
  Object.keys(said)
    .filter((key) => key.startsWith(`${what}:`) && said[key])
    .map((key) => Number(key.slice(what.length + 1)))
    .sort((one, other) => one - other);

export const openLoans = (state) => Object.entries(state.loans).filter(([, loan]) => loan.standing === "open");

// Who owes a fine by now: [member, amount].
export function finesOf(state, said) {
  const tariff = state.constitution.fines;
  return people(state, said)
    .map(([number, { fines }]) => [Number(number), BigInt(fines) + BigInt(tariff[said[`how:${number}`]] ?? 0)])
    .filter(([, amount]) => amount);
}

const notesOf = (typed = {}) => Object.fromEntries(Object.entries(typed).filter(([, count]) => count > 0));

export const countedIn = (typed = {}) =>
  Object.entries(notesOf(typed)).reduce((total, [note, count]) => total + BigInt(note) * BigInt(count), 0n);
