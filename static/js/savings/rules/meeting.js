// One sealed meeting, all of it or nothing: apply(state, document, hash) -> {state, transactions}, or Broken with the
// first rule that stands in the way. `state` is left as it was. The hash is asked for first (fingerprint), for it
// takes its time. Signatures, devices and former meetings are for whoever keeps them.
import { Broken } from "./broken.js";
import { canonical, isObject } from "./canonical.js";
import { readConstitution } from "./constitution.js";
import * as lines from "./lines.js";
import * as loans from "./loans.js";
import * as project from "./project.js";
import { readDay, Table } from "./table.js";
import * as turning from "./turning.js";

// What a line does, its step in the meeting ("" = any), and the fund whose opening count it needs.
export const KINDS = new Map(
  Object.entries({
    cycle_open: [turning.cycleOpen, "roll", ""],
    member_in: [lines.memberIn, "roll", ""],
    attendance: [lines.attendance, "roll", ""],
    social_in: [lines.socialIn, "social", "social"],
    social_grant: [lines.socialGrant, "social", "social"],
    share_buy: [lines.shareBuy, "shares", "loan"],
    share_sellback: [lines.shareSellback, "shares", "loan"],
    charge_due: [loans.chargeDue, "repayments", ""],
    loan_in: [loans.loanIn, "repayments", "loan"],
    rollover: [loans.rollover, "repayments", ""],
    reschedule: [loans.reschedule, "repayments", ""],
    write_off: [loans.writeOff, "repayments", ""],
    recovery: [loans.recovery, "repayments", "loan"],
    loan_request: [loans.loanRequest, "loans", ""],
    loan_out: [loans.loanOut, "loans", "loan"],
    project_in: [project.projectIn, "project", "project"],
    project_out: [project.projectOut, "project", ""],
    project_income: [project.projectIncome, "project", ""],
    project_asset: [project.projectAsset, "project", ""],
    project_cost: [project.projectCost, "project", ""],
    member_out: [turning.memberOut, "business", "loan"],
    constitution_change: [turning.constitutionChange, "business", ""],
    share_out: [turning.payShare, "business", "loan"],
    carry_forward: [turning.carryForward, "business", "loan"],
    cycle_close: [turning.cycleClose, "business", "loan"],
    recited_balance: [lines.recitedBalance, "", ""],
    counted: [lines.counted, "", ""],
    difference: [lines.difference, "", ""],
    fine_set: [lines.fineSet, "", ""],
    fine_paid: [lines.finePaid, "", ""],
    vote: [lines.vote, "", ""],
    expense: [lines.expense, "", "loan"],
    bank_in: [lines.bank, "", ""],
    bank_out: [lines.bank, "", ""],
    external_loan_in: [lines.externalLoan, "", "loan"],
    external_loan_out: [lines.externalLoan, "", "loan"],
    role_change: [lines.roleChange, "", ""],
    reversal_of: [lines.reversalOf, "", "loan"],
  }),
);
const HEAD = "clock,constitution,cycle,device,format,group,held_on,id,lines,pen,prev,seq";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const AFTER_CLOSE = ["counted", "difference", "vote"];

export function apply(state, document, hash) {
  const { table } = halfway(state, document, hash);
  checkEnd(table);
  return { state: table.state, transactions: table.transactions };
}

// A meeting that is still being held, as far as its lines go: {table, reached: the step}. Throws Broken as apply does.
export function halfway(state, document, hash = "") {
  canonical(document);
  checkHead(state, document);
  const table = new Table(state, document);
  const now = table.state;
  if (state.closed) {
    now.cycle = state.cycle + 1;
    now.closed = false;
    if (state.pending) {
      now.constitution = readConstitution(state.pending);
      now.pending = null;
    }
  }
  const { version } = now.constitution;
  if (document.constitution !== version) throw new Broken("constitution-version", { version });
  Object.assign(now, { seq: document.seq, head: hash, held_on: document.held_on, pen: document.pen });
  readVotes(table);
  let reached = "";
  for (const line of table.lines) reached = atLine(line.n, () => oneLine(table, line, reached));
  return { table, reached };
}

// What goes wrong on the way goes wrong at this line.
function atLine(number, does) {
  try {
    return does();
  } catch (wrong) {
    throw wrong instanceof Broken ? wrong.at(number) : wrong;
  }
}

function oneLine(table, line, reached) {
  const known = KINDS.get(line.kind);
  if (!known) throw new Broken("line", { field: "kind" });
  const [rule, step, opens] = known;
  if (table.state.closed && !AFTER_CLOSE.includes(line.kind)) throw new Broken("cycle-closed");
  const { place } = table.state.constitution;
  if (step && reached && place[step] < place[reached]) {
    throw new Broken("order", { step_now: reached, step_of_line: step });
  }
  const now = step || reached;
  if (line.kind === "cycle_open" && line.n !== 1) throw new Broken("order", { step_now: now, step_of_line: "roll" });
  const fund = line.kind === "expense" ? table.fund(line) : opens;
  if (fund && !table.opened.has(fund)) throw new Broken("not-counted", { fund });
  rule(table, line);
  return now;
}

function checkHead(state, document) {
  const { seq, cycle, pen, held_on: day, lines: all } = isObject(document) ? document : {};
  if (!isObject(document) || String(Object.keys(document).sort()) !== HEAD) throw new Broken("format");
  if (document.format !== 1 || !Array.isArray(all)) throw new Broken("format");
  all.forEach((line, place) => {
    const known = isObject(line) && line.n === place + 1 && typeof line.kind === "string";
    if (!known) throw new Broken("line", { field: "n" }, place + 1);
  });
  if (![seq, cycle, document.constitution, pen].every(Number.isInteger)) throw new Broken("format");
  for (const name of ["id", "group", "device"]) {
    if (typeof document[name] !== "string" || !UUID.test(document[name])) throw new Broken("format");
  }
  if (document.group !== state.group) throw new Broken("group");
  if (document.prev !== state.head) throw new Broken("chain", { seq });
  if (seq !== state.seq + 1) throw new Broken("seq", { seq, expected_number: state.seq + 1 });
  if (pen < state.pen) throw new Broken("pen", { pen, now: state.pen });
  readDay(day);
  if (day < state.held_on) throw new Broken("day-before-last", { day, last: state.held_on });
  const opens = all[0]?.kind === "cycle_open" && cycle === state.cycle + 1;
  if (state.closed && !opens) throw new Broken("cycle-closed");
  if (!state.closed && cycle !== state.cycle) throw new Broken("cycle", { cycle: state.cycle });
}

// Votes first: a decision may stand after the line it is about. Nobody votes who is not a member.
function readVotes(table) {
  const most = table.state.members.size + table.lines.filter((line) => line.kind === "member_in").length;
  for (const line of table.lines.filter(({ kind }) => kind === "vote")) {
    atLine(line.n, () => {
      const cast = table.count(line, "yes") + table.count(line, "no") + table.count(line, "abstain");
      const about = table.count(line, "about", 1);
      if (cast > most) throw new Broken("votes", { cast, most });
      if (table.votes.has(about)) throw new Broken("voted-twice", { about });
      table.votes.set(about, line);
    });
  }
}

function checkEnd(table) {
  const { state } = table;
  const law = state.constitution;
  for (const member of state.active()) if (!table.present.has(member)) throw new Broken("roll", { member });
  const used = ["loan"];
  if (law.socialAmount || state.balance("cash:social")) used.push("social");
  if (law.projectMode === "own") used.push("project");
  for (const fund of used) {
    if (!table.opened.has(fund)) throw new Broken("not-counted", { fund });
    if (!table.shut.has(fund)) throw new Broken("not-counted-closing", { fund });
  }
  for (const [fund, gap] of table.gaps) if (gap) throw new Broken("difference-missing", { fund, amount: gap });
  for (const [member, expected] of table.partDue) throw new Broken("project-part", { member, amount: 0n, expected });
  if (table.shareOut && !state.closed) throw new Broken("not-closed");
  for (const [member, { shares, project_part: part }] of state.members) {
    const expected = BigInt(shares) * law.shareValue;
    const amount = -state.balance(`share:${member}`);
    if (amount + part !== expected) throw new Broken("stamps", { member, amount, expected });
  }
  if (state.closed) return;
  for (const [number, loan] of state.loans) if (loan.standing === "open") loans.chargesWritten(table, number);
}
