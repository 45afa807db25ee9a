// A group's constitution: every number on which groups differ, and what is taken where it says nothing. A version is
// plain JSON (amounts as strings of digits); readConstitution checks it and gives the numbers. It holds for a cycle.
import { Broken } from "./broken.js";
import { canonical, isObject } from "./canonical.js";
import { CURRENCIES, readAmount } from "./money.js";

export const STEPS = ["roll", "social", "fund", "shares", "repayments", "loans", "project", "business", "closing"];
const WAYS = ["leave", "expulsion", "death"];

export const DEFAULTS = {
  version: 1,
  currency: "TZS",
  share_value: "200000",
  shares_min: 1,
  shares_max: 5,
  equal_hands: false,
  social_amount: "50000",
  social_end: "carry",
  project: { mode: "own", rate_bp: 500, fixed: "0", leaver: "own" },
  project_end: "carry",
  loan_multiple: 3,
  loan_max_term: 3,
  loans_at_once: 1,
  loan_order: "charge",
  charge: { method: "flat", rate_bp: 500, period: "month", rounding: "half_up" },
  late: { rule: "stop" },
  fines: {},
  fine_fund: "loan",
  leave: { pays: "principal", when: "now", after_meetings: 0 },
  expulsion: { pays: "principal", when: "now", after_meetings: 0 },
  death: { pays: "earnings", when: "now", after_meetings: 0, forgive: true },
  share_out: { basis: "shares", paper_mode: false },
  residue_target: "social",
  quorum: { loan: 7500, grant: 7500, election: 7500, constitution: 8000, expulsion: 8000, other: 5000 },
  meetings_per_month: 4,
  recitation: true,
  key_holders: 3,
  steps: STEPS,
};

const CHOICES = [
  ["social_end", ["carry", "split"]],
  ["project_end", ["carry"]],
  ["project.mode", ["own", "inside", "none"]],
  ["project.leaver", ["own", "nothing"]],
  ["loan_order", ["charge", "principal"]],
  ["charge.method", ["flat", "declining", "none"]],
  ["charge.period", ["month", "meeting"]],
  ["charge.rounding", ["half_up"]],
  ["late.rule", ["rollover", "stop", "fine"]],
  ["fine_fund", ["loan", "social"]],
  ["share_out.basis", ["shares", "equal"]],
  ["residue_target", ["social", "next"]],
  ...WAYS.map((way) => [`${way}.pays`, ["principal", "earnings", "nothing"]]),
  ...WAYS.map((way) => [`${way}.when`, ["now", "cycle_end"]]),
];
const AMOUNTS = ["share_value", "social_amount", "project.fixed", "cash_step"];
const COUNTS = [
  ["version", 1, 10 ** 6],
  ["shares_min", 0, 1000],
  ["shares_max", 1, 1000],
  ["loan_multiple", 0, 100],
  ["loan_max_term", 1, 120],
  ["loans_at_once", 1, 20],
  ["project.rate_bp", 0, 10000],
  ["charge.rate_bp", 0, 100000],
  ["meetings_per_month", 1, 31],
  ["key_holders", 0, 9],
  ...Object.keys(DEFAULTS.quorum).map((what) => [`quorum.${what}`, 0, 10000]),
  ...WAYS.map((way) => [`${way}.after_meetings`, 0, 1000]),
];
const TRUTHS = ["equal_hands", "recitation", "share_out.paper_mode", "death.forgive"];

const wrong = (setting) => new Broken("constitution", { setting });

// What the group wrote, and the default for the rest. Throws Broken("constitution") for a word nobody knows.
export function filledIn(given) {
  for (const name of Object.keys(given).sort()) {
    if (!Object.hasOwn(DEFAULTS, name) && name !== "cash_step") throw wrong(name);
  }
  const whole = {};
  for (const [name, otherwise] of Object.entries(DEFAULTS)) {
    const value = Object.hasOwn(given, name) ? given[name] : otherwise;
    whole[name] = isObject(otherwise) ? filledPart(name, otherwise, value) : value;
  }
  const currency = CURRENCIES.get(whole.currency);
  if (!currency) throw wrong("currency");
  whole.cash_step = Object.hasOwn(given, "cash_step") ? given.cash_step : String(currency.step);
  return whole;
}

function filledPart(name, otherwise, value) {
  if (!isObject(value)) throw wrong(name);
  const known = Object.keys(otherwise);
  for (const each of Object.keys(value).sort()) {
    if (known.length && !known.includes(each)) throw wrong(`${name}.${each}`);
  }
  return { ...otherwise, ...value };
}

// Checks a version and reads its numbers. Throws Broken("constitution", {setting}) at the first wrong one.
export function readConstitution(given) {
  if (!isObject(given)) throw wrong("");
  canonical(given);
  const whole = filledIn(given);
  const [shareValue, socialAmount, projectFixed, step] = AMOUNTS.map((path) => amountAt(path, at(whole, path)));
  for (const [path, least, most] of COUNTS) {
    const value = at(whole, path);
    if (!Number.isInteger(value) || value < least || value > most) throw wrong(path);
  }
  for (const [path, choices] of CHOICES) if (!choices.includes(at(whole, path))) throw wrong(path);
  for (const path of TRUTHS) if (typeof at(whole, path) !== "boolean") throw wrong(path);
  const fines = new Map(
    Object.keys(whole.fines)
      .sort()
      .map((reason) => [reason, whole.fines[reason]]),
  );
  if (step < 1n) throw wrong("cash_step");
  if (shareValue < 1n || shareValue % step) throw wrong("share_value");
  if (whole.shares_max < whole.shares_min) throw wrong("shares_max");
  if (socialAmount % step) throw wrong("social_amount");
  if (projectFixed % step) throw wrong("project.fixed");
  if (!areSteps(whole.steps)) throw wrong("steps");
  for (const [reason, fine] of fines) fines.set(reason, amountAt(`fines.${reason}`, fine));
  return {
    whole,
    version: whole.version,
    step,
    shareValue,
    sharesMin: whole.shares_min,
    sharesMax: whole.shares_max,
    socialAmount,
    projectMode: whole.project.mode,
    projectRate: whole.project.rate_bp,
    projectFixed,
    quorum: whole.quorum,
    fines,
    fineFund: whole.fine_fund,
    place: Object.fromEntries(whole.steps.map((name, place) => [name, place])),
  };
}

// Each step once, in the group's own order, and the closing last.
function areSteps(given) {
  if (!Array.isArray(given) || given.length !== STEPS.length) return false;
  return STEPS.every((step) => given.includes(step)) && given.at(-1) === "closing";
}

function at(whole, path) {
  const [name, part] = path.split(".");
  return part === undefined ? whole[name] : whole[name][part];
}

function amountAt(path, value) {
  let amount = -1n;
  try {
    amount = readAmount(value);
  } catch {}
  if (amount < 0n) throw wrong(path);
  return amount;
}
