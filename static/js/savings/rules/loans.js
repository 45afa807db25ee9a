// Loans: what may be lent, what it costs, what happens when it is late. The terms are frozen when the money is handed
// over. A charge falls due once per period, rounded half up to the smallest coin, for as many periods as the term
// has; it is never worked out again afterwards.
import { Broken } from "./broken.js";
import { atMost, halfUp } from "./money.js";
import { owing } from "./state.js";
import { readDay } from "./table.js";

// The most this member may owe in principal: a multiple of what is saved.
export const limitOf = (state, member) =>
  BigInt(state.constitution.whole.loan_multiple) * -state.balance(`share:${member}`);

// Whole periods since the loan was given: counted meetings, or whole months.
export function periodsSince(loan, seq, today) {
  if (loan.period === "meeting") return Math.floor((seq - loan.from_seq) / loan.meetings_per_period);
  const [fromYear, fromMonth, fromDay] = readDay(loan.from_day);
  const [year, month, day] = readDay(today);
  return Math.max((year - fromYear) * 12 + month - fromMonth - Number(day < fromDay), 0);
}

// What the next charge comes to: on the sum lent (flat) or on what is still owed of it (declining).
export function chargeOf(loan, step) {
  if (loan.method === "none") return 0n;
  return halfUp((loan.method === "flat" ? loan.amount : loan.principal) * BigInt(loan.rate_bp), 10000n, step);
}

// How many charges are due by this meeting and not written down yet.
export function chargesDue(loan, seq, today) {
  if (loan.method === "none" || !loan.rate_bp || loan.standing !== "open") return 0;
  return Math.max(Math.min(periodsSince(loan, seq, today), loan.term) - loan.charged, 0);
}

// Still owed after its term.
export const isLate = (loan, seq, today) => loan.standing === "open" && periodsSince(loan, seq, today) > loan.term;

// What a member asks for, before the meeting decides.
export function loanRequest(table, line) {
  const [number] = table.member(line);
  const amount = table.amount(line);
  table.count(line, "term", 1);
  table.requests.set(number, [...(table.requests.get(number) ?? []), [line.n, amount]]);
}

// Handed over as decided: within the limit, the term and the box. The terms are frozen here.
export function loanOut(table, line) {
  const { state } = table;
  const law = state.constitution.whole;
  const [number, member] = table.member(line, { here: true });
  const amount = table.amount(line);
  const term = table.count(line, "term", 1);
  const next = state.loans.size + 1;
  if (line.loan !== next) throw new Broken("loan-number", { expected_number: next });
  const requests = table.requests.get(number) ?? [];
  const asked = requests.find(([, sumAsked]) => sumAsked >= amount);
  if (!asked) throw new Broken("loan-not-asked", { member: number, amount });
  table.decided(asked[0], "loan");
  if (term > law.loan_max_term) throw new Broken("loan-term", { term, most: law.loan_max_term });
  const owed = state.loansOf(number);
  if (owed.length >= law.loans_at_once) throw new Broken("loan-open", { member: number });
  const limit = owed.reduce((left, each) => left - state.loans.get(each).principal, limitOf(state, number));
  if (amount > limit) throw new Broken("loan-limit", { member: number, amount, limit });
  const fines = law.late.rule === "fine" ? member.fines : 0n;
  if (fines) throw new Broken("fines-open", { member: number, amount: fines });
  state.loans.set(next, {
    member: number,
    amount,
    principal: amount,
    charge: 0n,
    term,
    rate_bp: law.charge.rate_bp,
    method: law.charge.method,
    period: law.charge.period,
    meetings_per_period: law.charge.period === "meeting" ? 1 : law.meetings_per_month,
    from_seq: state.seq,
    from_day: table.today,
    charged: 0,
    standing: "open",
  });
  table.requests.set(number, requests.filter((request) => request !== asked));
  table.post(line, [`loan:${number}`, amount], ["cash:loan", -amount]);
}

// One charge, in its time, and of the sum the frozen terms give.
export function chargeDue(table, line) {
  const [number, loan] = table.loan(line);
  const amount = table.amount(line);
  if (!chargesDue(loan, table.state.seq, table.today)) throw new Broken("charge-not-due", { loan: number });
  const expected = chargeOf(loan, table.state.constitution.step);
  if (amount !== expected) throw new Broken("charge-amount", { loan: number, amount, expected });
  loan.charged += 1;
  loan.charge += amount;
  table.post(line, [`loan:${loan.member}`, amount], ["income:charge", -amount]);
}

// Paid back, after the charges due stand in the book, and no more than is owed.
export function loanIn(table, line) {
  const [number, loan] = table.loan(line);
  const amount = table.amount(line);
  chargesWritten(table, number);
  if (amount > owing(loan)) throw new Broken("loan-too-much", { loan: number, amount, balance: owing(loan) });
  payOff(loan, amount, table.state.constitution.whole.loan_order);
  table.post(line, ["cash:loan", amount], [`loan:${loan.member}`, -amount]);
}

// Takes an amount off a loan, the charge or the principal first. At nothing owed it is repaid.
export function payOff(loan, amount, order) {
  const first = order === "charge" ? "charge" : "principal";
  const then = order === "charge" ? "principal" : "charge";
  const part = atMost(amount, loan[first]);
  loan[first] -= part;
  loan[then] -= amount - part;
  if (!owing(loan)) loan.standing = "repaid";
}

// Nothing happens to a loan before the charges due by today stand in the book. Throws Broken.
export function chargesWritten(table, number) {
  const loan = table.state.loans.get(number);
  const expected = chargeOf(loan, table.state.constitution.step);
  if (chargesDue(loan, table.state.seq, table.today) && expected) {
    throw new Broken("charge-missing", { loan: number, expected });
  }
}

// What is left becomes a new loan from today, with new charges: only where the constitution says so.
export function rollover(table, line) {
  const [number, loan] = table.loan(line);
  const term = table.count(line, "term", 1);
  if (table.state.constitution.whole.late.rule !== "rollover") throw new Broken("no-rollover");
  chargesWritten(table, number);
  if (periodsSince(loan, table.state.seq, table.today) < loan.term) throw new Broken("not-late", { loan: number });
  newTerm(table, loan, term);
  loan.principal += loan.charge;
  loan.amount = loan.principal;
  loan.charge = 0n;
}

// More time, by vote: the terms begin again from today on what is still owed of the sum lent.
export function reschedule(table, line) {
  const [number, loan] = table.loan(line);
  const term = table.count(line, "term", 1);
  table.decided(line.n, "loan");
  chargesWritten(table, number);
  newTerm(table, loan, term);
  loan.amount = loan.principal;
}

function newTerm(table, loan, term) {
  const most = table.state.constitution.whole.loan_max_term;
  if (term > most) throw new Broken("loan-term", { term, most });
  Object.assign(loan, { term, charged: 0, from_seq: table.state.seq, from_day: table.today });
}

// The whole of what is owed becomes a loss of the loan fund, by vote.
export function writeOff(table, line) {
  const [number, loan] = table.loan(line);
  const amount = table.amount(line);
  table.decided(line.n, "other");
  if (amount !== owing(loan)) throw new Broken("write-off-amount", { loan: number, amount, expected: owing(loan) });
  Object.assign(loan, { principal: 0n, charge: 0n, standing: "written_off" });
  table.post(line, ["expense:write-off", amount], [`loan:${loan.member}`, -amount]);
}

// Something comes back of what was written off.
export function recovery(table, line) {
  const amount = table.amount(line);
  table.post(line, ["cash:loan", amount], ["income:other", -amount]);
}
