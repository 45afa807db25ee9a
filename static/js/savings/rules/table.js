// The table around which one meeting is held: the state as it stands at this line, and what has been posted. A
// transaction is {line, kind, postings}; postings are [account, amount], debit positive, and sum to 0.
import { Broken } from "./broken.js";
import { readAmount } from "./money.js";

export const FUNDS = ["loan", "social", "project"];
export const MOST = 10 ** 6;
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export class Table {
  constructor(state, document) {
    this.before = state;
    this.state = state.copy();
    this.document = document;
    this.lines = document.lines;
    this.today = document.held_on;
    this.transactions = [];
    this.votes = new Map();
    this.present = new Map();
    this.called = new Set();
    this.bought = new Map();
    this.partDue = new Map();
    this.opened = new Set();
    this.gaps = new Map();
    this.shut = new Set();
    this.requests = new Map();
    this.shareOut = null;
    this.paidOut = new Set();
    this.carried = false;
  }

  // Posts what is not 0. Refuses a sum that is not 0, cash below 0, and a fund that is counted and closed.
  post(line, ...postings) {
    const kept = postings.filter(([, amount]) => amount);
    if (!kept.length) return;
    const { balances, constitution } = this.state;
    let total = 0n;
    for (const [account, amount] of kept) {
      total += amount;
      const balance = this.state.balance(account) + amount;
      balances.set(account, balance);
      if (!account.startsWith("cash:") && !account.startsWith("bank:")) continue;
      const fund = account.slice(5);
      if (account.startsWith("cash:")) {
        if (amount % constitution.step) throw new Broken("cash-step", { amount, step: constitution.step });
        if (this.gaps.get(fund) && line.kind !== "difference") {
          throw new Broken("difference-missing", { fund, amount: this.gaps.get(fund) });
        }
        if (this.shut.has(fund) && line.kind !== "difference") throw new Broken("counted-and-closed", { fund });
      }
      if (balance < 0n) throw new Broken("not-enough-cash", { fund, amount: -amount, balance: balance - amount });
    }
    if (total) throw new Broken("sum-not-zero", { amount: total });
    this.transactions.push({ line: line.n, kind: line.kind, postings: kept });
  }

  // An amount above 0. Throws Broken("amount").
  amount(line) {
    const amount = readAmount(line.amount);
    if (amount <= 0n) throw new Broken("amount");
    return amount;
  }

  // Who the line is about: a member today, and `here` where it takes being present or represented.
  member(line, { here = false } = {}) {
    const number = line.member;
    const member = this.state.members.get(number);
    if (!member || member.left) throw new Broken("member-unknown", { member: Number.isInteger(number) ? number : 0 });
    if (here && this.present.get(number) === "absent") throw new Broken("absent", { member: number });
    return [number, member];
  }

  // The open loan this line is about.
  loan(line) {
    const number = line.loan;
    const loan = this.state.loans.get(number);
    if (!loan) throw new Broken("loan-unknown", { loan: Number.isInteger(number) ? number : 0 });
    if (loan.standing !== "open") throw new Broken("loan-settled", { loan: number });
    return [number, loan];
  }

  // Which of the three funds; Broken for any other.
  fund(line) {
    if (!FUNDS.includes(line.fund)) throw new Broken("fund-unknown");
    return line.fund;
  }

  // The meeting said yes to this line. Throws Broken("not-decided").
  decided(about, quorum) {
    const share = this.state.constitution.quorum[quorum];
    if (share === 0) return;
    const vote = this.votes.get(about);
    const said = vote ? vote.yes + vote.no + vote.abstain : 0;
    if (!said || vote.yes * 10000 < share * said) throw new Broken("not-decided", { about });
  }

  // A whole number from `least` to MOST: people, stamps, notes, months.
  count(line, name, least = 0) {
    const value = line[name];
    if (!Number.isInteger(value) || value < least || value > MOST) throw new Broken("line", { field: name });
    return value;
  }

  // True or false; what is not said is false.
  whether(line, name) {
    const value = line[name] ?? false;
    if (typeof value !== "boolean") throw new Broken("line", { field: name });
    return value;
  }

  // Words that are not blank.
  text(line, name) {
    const value = line[name];
    if (typeof value !== "string" || BLANK.test(value)) throw new Broken("line", { field: name });
    return value;
  }
}

// A day as a document writes it, as [year, month, day]. Throws Broken("day").
export function readDay(text) {
  const [, year, month, day] = (typeof text === "string" && text.match(DAY)?.map(Number)) || [];
  if (!year || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) throw new Broken("day");
  return [year, month, day];
}

function lastDay(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
