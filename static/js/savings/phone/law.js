// The rules of a group as its members write them: the same questions when it is set up and when it changes them.
import { lawOf } from "../founding.js";
import { CURRENCIES } from "../rules/money.js";
import { field } from "./elements.js";
import { money, say, typedAmount } from "./words.js";

const LABELS = {
  share_value: "set-share",
  social_amount: "set-social",
  shares_max: "set-shares",
  loan_multiple: "set-multiple",
  loan_max_term: "set-term",
  project: "set-project",
  charge: "set-charge",
  late: "set-late",
  absent: "set-absent",
};
const ASKED = Object.keys(LABELS);
const AMOUNTS = ["share_value", "social_amount", "late", "absent"];

const digit = (said, key, currency) => (AMOUNTS.includes(key) ? typedAmount(said[key], currency) : String(said[key] ?? "").normalize("NFKC").trim());

// What was typed, in minor units and whole numbers, as strings of digits.
export const digitsOf = (said, currency) => Object.fromEntries(ASKED.map((key) => [key, digit(said, key, currency)]));

export const isWritten = (said, currency) => ASKED.every((key) => /^\d+$/.test(digit(said, key, currency)));

export function lawFields(said, currency, tell) {
  const shows = (typed) => (/^\d+$/.test(typedAmount(typed, currency)) ? money(BigInt(typedAmount(typed, currency)), currency) : "");
  return ASKED.map((key) => field(say(LABELS[key]), said[key], (value) => tell(key, value), AMOUNTS.includes(key) ? { shows } : {}));
}

// A constitution as it would be typed.
export function asTyped(law) {
  const unit = 10n ** BigInt(CURRENCIES.get(law.currency).exponent);
  const whole = (amount) => String(BigInt(amount) / unit);
  return {
    share_value: whole(law.share_value),
    social_amount: whole(law.social_amount),
    shares_max: String(law.shares_max),
    loan_multiple: String(law.loan_multiple),
    loan_max_term: String(law.loan_max_term),
    project: law.project.mode === "none" ? "0" : String(Math.trunc(law.project.rate_bp / 100)),
    charge: law.charge.method === "none" ? "0" : String(Math.trunc(law.charge.rate_bp / 100)),
    late: whole(law.fines.late ?? 0),
    absent: whole(law.fines.absent ?? 0),
  };
}

// The next version: what was typed anew, and everything else as it stands.
export function lawAsChanged(law, typed) {
  const before = asTyped(law);
  const now = digitsOf(typed, law.currency);
  const written = lawOf({ currency: law.currency, ...now });
  const next = { ...law, version: law.version + 1 };
  const changed = (key) => String(typed[key]).trim() !== before[key];
  for (const key of ["share_value", "social_amount", "shares_max", "loan_multiple", "loan_max_term"]) {
    if (changed(key)) next[key] = written[key];
  }
  if (changed("project")) next.project = { ...law.project, ...(before.project === "0" && { mode: "own" }), ...written.project };
  if (changed("charge")) next.charge = { ...law.charge, ...(before.charge === "0" && { method: "flat" }), ...written.charge };
  const fines = { ...law.fines };
  for (const reason of ["late", "absent"].filter(changed)) {
    delete fines[reason];
    if (written.fines[reason]) fines[reason] = written.fines[reason];
  }
  return { ...next, fines };
}
