// What each kind of line does, besides loans and the project.
import { Broken } from "./broken.js";
import { isObject } from "./canonical.js";
import { atMost, readAmount } from "./money.js";
import { projectPart } from "./project.js";
import { newMember } from "./state.js";

export const OFFICERS = new Map([
  ["chair", 1],
  ["secretary", 1],
  ["box_keeper", 1],
  ["money_counter", 2],
]);
export const FINE_ACCOUNTS = { loan: ["cash:loan", "income:fine"], social: ["cash:social", "social-fund"] };
const SPENT = { loan: "expense:cost", social: "social-fund", project: "expense:project" };

// Who is here, late, absent, or stood in for; each is called once.
export function attendance(table, line) {
  const [number] = table.member(line);
  if (!["present", "late", "absent", "represented"].includes(line.how)) throw new Broken("line", { field: "how" });
  if (table.present.has(number) && table.called.has(number)) throw new Broken("called-twice", { member: number });
  table.called.add(number);
  table.present.set(number, line.how);
}

// Right or wrong is written down; where the number is written too, the two must agree.
export function recitedBalance(table, line) {
  const fund = table.fund(line);
  if (typeof line.right !== "boolean") throw new Broken("line", { field: "right" });
  if (!Object.hasOwn(line, "said")) return;
  const said = readAmount(line.said);
  const last = table.before.closing.get(fund) ?? 0n;
  if (line.right !== (said === last)) throw new Broken("recited", { fund, amount: said, expected: last });
}

// Coins and notes add up; a gap to the book takes a line of difference before the fund is touched.
export function counted(table, line) {
  const fund = table.fund(line);
  const amount = readAmount(line.amount);
  if (amount < 0n) throw new Broken("amount");
  const notes = Object.hasOwn(line, "notes") ? line.notes : {};
  if (!isObject(notes)) throw new Broken("line", { field: "notes" });
  const each = Object.keys(notes).sort();
  if (each.length) {
    let total = 0n;
    for (const note of each) total += readAmount(note) * BigInt(table.count(notes, note));
    if (total !== amount) throw new Broken("notes", { fund, amount: total, expected: amount });
  }
  if (line.when !== "opening" && line.when !== "closing") throw new Broken("line", { field: "when" });
  const seen = line.when === "opening" ? table.opened : table.shut;
  if (seen.has(fund)) throw new Broken("counted-twice", { fund });
  seen.add(fund);
  if (line.when === "closing") table.state.closing.set(fund, amount);
  table.gaps.set(fund, amount - table.state.balance(`cash:${fund}`));
}

// The gap between box and book, with its reason, by vote.
export function difference(table, line) {
  const fund = table.fund(line);
  const amount = readAmount(line.amount);
  table.text(line, "reason");
  const expected = table.gaps.get(fund) ?? 0n;
  if (!amount || amount !== expected) throw new Broken("difference", { fund, amount, expected });
  table.decided(line.n, "other");
  table.post(line, [`cash:${fund}`, amount], ["difference", -amount]);
  table.gaps.set(fund, 0n);
}

// A fine by the tariff; it is owed until it is paid.
export function fineSet(table, line) {
  const [number, member] = table.member(line);
  const amount = table.amount(line);
  const reason = table.text(line, "reason");
  const tariff = table.state.constitution.fines;
  if (tariff.size && !tariff.has(reason)) throw new Broken("fine-unknown", { reason });
  if (tariff.size && amount !== tariff.get(reason)) {
    throw new Broken("fine-amount", { member: number, amount, expected: tariff.get(reason) });
  }
  member.fines += amount;
}

// An open fine, or a part of it, to the fund the constitution names.
export function finePaid(table, line) {
  const [number, member] = table.member(line);
  const amount = table.amount(line);
  if (amount > member.fines) throw new Broken("fine-too-much", { member: number, amount, balance: member.fines });
  member.fines -= amount;
  const [cash, income] = FINE_ACCOUNTS[table.state.constitution.fineFund];
  table.post(line, [cash, amount], [income, -amount]);
}

// The contribution to the social fund, once or several times over.
export function socialIn(table, line) {
  const [number] = table.member(line);
  const amount = table.amount(line);
  const expected = table.state.constitution.socialAmount;
  if (!expected || amount % expected) throw new Broken("social-amount", { member: number, amount, expected });
  table.post(line, ["cash:social", amount], ["social-fund", -amount]);
}

// Given out of the social fund, by vote.
export function socialGrant(table, line) {
  table.member(line);
  const amount = table.amount(line);
  table.text(line, "reason");
  table.decided(line.n, "grant");
  table.post(line, ["social-fund", amount], ["cash:social", -amount]);
}

// Stamps, within the least and the most of one meeting; notes the part due to the project.
export function shareBuy(table, line) {
  const [number, member] = table.member(line, { here: true });
  const shares = table.count(line, "shares", 1);
  const law = table.state.constitution;
  const bought = (table.bought.get(number) ?? 0) + shares;
  const most = law.sharesMax * member.hands;
  const least = law.whole.equal_hands ? most : law.sharesMin;
  if (bought < least || bought > most) throw new Broken("shares", { member: number, shares: bought, least, most });
  table.bought.set(number, bought);
  member.shares += shares;
  const amount = BigInt(shares) * law.shareValue;
  if (law.projectMode === "own" && !law.projectFixed) {
    const part = projectPart(BigInt(bought) * law.shareValue, law.projectRate, law.step);
    if (part) table.partDue.set(number, part);
  }
  table.post(line, ["cash:loan", amount], [`share:${number}`, -amount]);
}

// At what was paid; the part that went into the project stays there, in the member's name.
export function shareSellback(table, line) {
  const [number, member] = table.member(line);
  const shares = table.count(line, "shares", 1);
  const law = table.state.constitution;
  if (shares > member.shares) throw new Broken("shares", { member: number, shares, least: 1, most: member.shares });
  if (table.state.loansOf(number).length) throw new Broken("loan-open", { member: number });
  const value = BigInt(shares) * law.shareValue;
  let part = shares === member.shares ? member.project_part : 0n;
  part ||= atMost(member.project_part, projectPart(value, law.projectRate, law.step));
  member.shares -= shares;
  member.project_part -= part;
  table.post(line, [`share:${number}`, value - part], ["cash:loan", part - value]);
}

// Spent out of one fund, and said on what.
export function expense(table, line) {
  const fund = table.fund(line);
  const amount = table.amount(line);
  table.text(line, "what");
  table.post(line, [SPENT[fund], amount], [`cash:${fund}`, -amount]);
}

// Cash brought to a bank, or back.
export function bank(table, line) {
  const fund = table.fund(line);
  let amount = table.amount(line);
  if (line.kind === "bank_out") amount = -amount;
  table.post(line, [`bank:${fund}`, amount], [`cash:${fund}`, -amount]);
}

// Money lent to the group from outside, by vote, or paid back.
export function externalLoan(table, line) {
  let amount = table.amount(line);
  if (line.kind === "external_loan_in") {
    table.text(line, "from");
    table.decided(line.n, "constitution");
  } else {
    table.text(line, "to");
    const balance = -table.state.balance("external-loan");
    if (amount > balance) throw new Broken("external-loan", { amount, balance });
    amount = -amount;
  }
  table.post(line, ["cash:loan", amount], ["external-loan", -amount]);
}

// Somebody new, with a number nobody had.
export function memberIn(table, line) {
  const number = table.count(line, "member", 1);
  const { members, seq } = table.state;
  if (members.has(number)) throw new Broken("member-number", { member: number });
  const hands = Object.hasOwn(line, "hands") ? table.count(line, "hands", 1) : 1;
  members.set(number, newMember(table.text(line, "name"), seq, hands));
  table.present.set(number, "present");
}

// Key-holders are never officers; each office has its number of people.
export function roleChange(table, line) {
  const [number] = table.member(line);
  const role = table.text(line, "role");
  if (role !== "key_holder" && !OFFICERS.has(role)) throw new Broken("line", { field: "role" });
  if (typeof line.holds !== "boolean") throw new Broken("line", { field: "holds" });
  const { roles, constitution } = table.state;
  const now = roles.get(role) ?? [];
  roles.set(role, now);
  if (!line.holds) {
    if (!now.includes(number)) throw new Broken("role-not-held", { member: number });
    now.splice(now.indexOf(number), 1);
    return;
  }
  table.decided(line.n, "election");
  const others = [...roles.keys()].filter((other) => roles.get(other).includes(number));
  const apart = role === "key_holder" ? others.length > 0 : others.includes("key_holder");
  if (others.includes(role) || apart) throw new Broken("role-separation", { member: number });
  const most = role === "key_holder" ? constitution.whole.key_holders : OFFICERS.get(role);
  if (now.length >= most) throw new Broken("role-taken", { member: number, most });
  now.push(number);
  now.sort((one, other) => one - other);
}

// Read before all other lines, see meeting.js.
export function vote() {}

const UNDONE = new Map([
  ["social_in", (amount) => [["cash:social", -amount], ["social-fund", amount]]],
  ["social_grant", (amount) => [["social-fund", -amount], ["cash:social", amount]]],
  ["expense", (amount) => [["expense:cost", -amount], ["cash:loan", amount]]],
  ["project_income", (amount) => [["cash:project", -amount], ["income:project", amount]]],
]);

// A former line is countered, once: `of` is that line as it stood, which whoever keeps the meetings compares.
export function reversalOf(table, line) {
  const meeting = table.count(line, "meeting", 1);
  const number = table.count(line, "line", 1);
  table.text(line, "reason");
  const { of } = line;
  const mark = `${meeting}:${number}`;
  const { reversed, seq, constitution } = table.state;
  if (meeting >= seq || !isObject(of) || of.n !== number) throw new Broken("reversal", { meeting, of_line: number });
  if (reversed.has(mark)) throw new Broken("reversed-already", { meeting, of_line: number });
  reversed.add(mark);
  const { kind } = of;
  if (typeof kind !== "string") throw new Broken("line", { field: "of" });
  if (kind === "share_buy") {
    shareSellback(table, { ...of, n: line.n, kind: line.kind });
  } else if (kind === "fine_paid") {
    const [, member] = table.member(of);
    const amount = table.amount(of);
    member.fines += amount;
    const [cash, income] = FINE_ACCOUNTS[constitution.fineFund];
    table.post(line, [cash, -amount], [income, amount]);
  } else if (UNDONE.has(kind) && (!Object.hasOwn(of, "fund") || of.fund === "loan")) {
    table.post(line, ...UNDONE.get(kind)(table.amount(of)));
  } else {
    throw new Broken("not-reversible", { kind });
  }
}
