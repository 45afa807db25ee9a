// Members going, the constitution changing, and one cycle giving way to the next.
import { Broken } from "./broken.js";
import { isObject } from "./canonical.js";
import { filledIn, readConstitution } from "./constitution.js";
import { RULE_OF, settlement } from "./leaving.js";
import { chargesWritten, payOff } from "./loans.js";
import { atMost, inCoins, readAmount, sum } from "./money.js";
import { spread } from "./project.js";
import { PARTS, shareOut } from "./shareout.js";
import { owing } from "./state.js";

// The line tells what is `paid`, and it must be what the group's own rule says.
export function memberOut(table, line) {
  const [number, member] = table.member(line);
  const reason = table.text(line, "reason");
  if (!RULE_OF.has(reason)) throw new Broken("line", { field: "reason" });
  if (reason === "expelled") table.decided(line.n, "expulsion");
  const { state } = table;
  const loans = state.loansOf(number);
  for (const loan of loans) chargesWritten(table, loan);
  const due = settlement(state, number, reason);
  const paid = readAmount(line.paid);
  const project = inCoins(due.project, state.constitution.step);
  if (paid !== due.paid + project) {
    throw new Broken("settlement", { member: number, amount: paid, expected: due.paid + project });
  }
  for (const kept of loans.map((loan) => state.loans.get(loan))) {
    if (due.forgiven) Object.assign(kept, { principal: 0n, charge: 0n, standing: "written_off" });
    else payOff(kept, owing(kept), "charge");
  }
  const own = -state.balance(`project-share:${number}`);
  table.post(
    line,
    [`share:${number}`, due.saved],
    ["expense:cost", due.earned],
    ["income:other", -due.forfeited],
    [`loan:${number}`, -due.debt - due.forgiven],
    ["expense:write-off", due.forgiven],
    [due.later ? `payable:${number}` : "cash:loan", -due.paid],
    [`project-share:${number}`, own],
    ["cash:project", -project],
    ["income:project", project - own],
  );
  Object.assign(member, { left: reason, shares: 0, project_part: 0n, fines: 0n });
  for (const [role, holders] of state.roles) {
    state.roles.set(role, holders.filter((holder) => holder !== number));
  }
}

// Decided now, in force when the next cycle opens. Its version is the one after the newest.
export function constitutionChange(table, line) {
  table.decided(line.n, "constitution");
  if (!isObject(line.constitution)) throw new Broken("line", { field: "constitution" });
  const law = readConstitution(line.constitution);
  const now = table.state.constitution;
  if (law.version !== now.version + 1 || line.version !== law.version) {
    throw new Broken("constitution-version", { version: law.version });
  }
  if (law.whole.currency !== now.whole.currency) throw new Broken("constitution", { setting: "currency" });
  table.state.pending = filledIn(line.constitution);
}

// One member's share-out. All are worked out at the first such line, before anything is paid.
export function payShare(table, line) {
  const { state } = table;
  const number = line.member;
  const payout = dueShares(table).payouts.get(number);
  if (!payout) throw new Broken("share-out-member", { member: Number.isInteger(number) ? number : 0 });
  if (table.paidOut.has(number)) throw new Broken("share-out-twice", { member: number });
  table.paidOut.add(number);
  for (const part of PARTS) {
    const said = readAmount(Object.hasOwn(line, part) ? line[part] : "0");
    if (said !== payout[part]) {
      throw new Broken("share-out", { member: number, part, amount: said, expected: payout[part] });
    }
  }
  const saved = -state.balance(`share:${number}`);
  const cash = payout.gross + payout.payable - payout.loan - payout.fines;
  let rest = payout.loan;
  for (const loan of state.loansOf(number)) {
    const kept = state.loans.get(loan);
    const part = atMost(rest, owing(kept));
    payOff(kept, part, state.constitution.whole.loan_order);
    rest -= part;
  }
  const member = state.members.get(number);
  member.shares = 0;
  member.project_part = 0n;
  member.fines -= payout.fines;
  table.post(
    line,
    [`share:${number}`, saved],
    ["carried", payout.gross - saved],
    [`payable:${number}`, payout.payable],
    [`loan:${number}`, -payout.loan],
    ["income:fine", -payout.fines],
    ["cash:loan", -cash],
    ["social-fund", payout.welfare],
    ["cash:social", -payout.welfare],
  );
}

function dueShares(table) {
  if (!table.shareOut) {
    for (const [number, loan] of table.state.loans) if (loan.standing === "open") chargesWritten(table, number);
    table.shareOut = shareOut(table.state);
  }
  return table.shareOut;
}

// The residue of the share-out, where everybody sees it: to the social fund, or into the next cycle.
export function carryForward(table, line) {
  if (!table.shareOut) throw new Broken("nothing-to-carry");
  const expected = table.shareOut.residue;
  const amount = table.amount(line);
  const { whole, step } = table.state.constitution;
  const target = whole.residue_target === "social" ? "social" : "loan";
  if (amount !== expected || line.fund !== target || table.carried) throw new Broken("residue", { amount, expected });
  table.carried = true;
  const coins = inCoins(amount, step);
  if (target === "social" && coins) {
    table.post(line, ["carried", coins], ["social-fund", -coins], ["cash:loan", -coins], ["cash:social", coins]);
  }
}

// Everybody is paid, the residue is named, and income and expense give way to what is carried.
export function cycleClose(table, line) {
  const { state } = table;
  if (state.active().some((number) => state.members.get(number).shares)) throw new Broken("not-shared-out");
  if (table.shareOut) {
    const unpaid = [...table.shareOut.payouts.keys()].filter((number) => !table.paidOut.has(number));
    if (unpaid.length) throw new Broken("not-paid-out", { member: Math.min(...unpaid) });
    const { residue } = table.shareOut;
    if (residue && !table.carried) throw new Broken("residue", { amount: 0n, expected: residue });
  }
  const postings = spread(state);
  const moved = new Set(postings.map(([account]) => account));
  const closing = [...state.balances.keys()]
    .filter((account) => /^(?:income:|expense:|difference)/.test(account) && !moved.has(account))
    .sort()
    .map((account) => [account, -state.balance(account)])
    .filter(([, amount]) => amount);
  table.post(line, ...postings, ...closing, ["carried", -sum(closing.map(([, amount]) => amount))]);
  state.closed = true;
}

// The first line of the first meeting after a cycle closed.
export function cycleOpen(table, line) {
  if (line.cycle !== table.state.cycle) throw new Broken("cycle", { cycle: table.state.cycle });
  if (!table.before.closed) throw new Broken("cycle-open", { cycle: table.before.cycle });
}
