// Where a group stands after a meeting: its people, its accounts, its loans. Members and loans carry the names they
// have in the kept form; their amounts are BigInt here.
import { Broken } from "./broken.js";
import { NOTHING_BEFORE } from "./canonical.js";
import { readConstitution } from "./constitution.js";

const OF_MEMBER = ["project_part", "fines"];
const OF_LOAN = ["amount", "principal", "charge"];

export class State {
  constructor(parts) {
    Object.assign(this, parts);
  }

  // A group before its first meeting.
  static founded(group, constitution) {
    return new State({
      group,
      constitution: readConstitution(constitution),
      seq: 0,
      head: NOTHING_BEFORE,
      cycle: 1,
      closed: false,
      held_on: "",
      pen: 0,
      pending: null,
      members: new Map(),
      roles: new Map(),
      balances: new Map(),
      loans: new Map(),
      closing: new Map(),
      reversed: new Set(),
    });
  }

  copy() {
    return new State({
      ...this,
      members: new Map([...this.members].sort(byNumber).map(([number, member]) => [number, { ...member }])),
      roles: new Map(Array.from(this.roles, ([role, members]) => [role, [...members]])),
      balances: new Map(this.balances),
      loans: new Map(Array.from(this.loans, ([number, loan]) => [number, { ...loan }])),
      closing: new Map(this.closing),
      reversed: new Set(this.reversed),
    });
  }

  balance(account) {
    return this.balances.get(account) ?? 0n;
  }

  // The numbers of who is a member today.
  active() {
    return [...this.members].filter(([, member]) => !member.left).map(([number]) => number);
  }

  loansOf(member) {
    const open = [...this.loans].filter(([, loan]) => loan.member === member && loan.standing === "open");
    return open.map(([number]) => number);
  }

  // What a member owes in all.
  owedBy(member) {
    return this.loansOf(member).reduce((owed, number) => owed + owing(this.loans.get(number)), 0n);
  }

  // Ready for `canonical`: amounts are strings of digits, what is not set is left out.
  toJSON() {
    return {
      format: 1,
      group: this.group,
      constitution: this.constitution.whole,
      pending: this.pending ?? {},
      seq: this.seq,
      head: this.head,
      cycle: this.cycle,
      closed: this.closed,
      held_on: this.held_on,
      pen: this.pen,
      members: written(this.members, (member) => inText(member, OF_MEMBER)),
      roles: written([...this.roles].filter(([, members]) => members.length), (members) => [...members].sort(up)),
      balances: written([...this.balances].filter(([, amount]) => amount), String),
      loans: written(this.loans, (loan) => inText(loan, OF_LOAN)),
      closing: written(this.closing, String),
      reversed: [...this.reversed].sort(),
    };
  }

  // The state that `toJSON` wrote. Throws Broken("state") for another format.
  static fromJSON(kept) {
    if (kept.format !== 1) throw new Broken("state");
    return new State({
      group: kept.group,
      constitution: readConstitution(kept.constitution),
      seq: kept.seq,
      head: kept.head,
      cycle: kept.cycle,
      closed: kept.closed,
      held_on: kept.held_on,
      pen: kept.pen,
      pending: Object.keys(kept.pending).length ? kept.pending : null,
      members: numbered(kept.members, (member) => inDigits(member, OF_MEMBER)),
      roles: new Map(Object.entries(kept.roles).map(([role, members]) => [role, [...members]])),
      balances: new Map(Object.entries(kept.balances).map(([account, amount]) => [account, BigInt(amount)])),
      loans: numbered(kept.loans, (loan) => inDigits(loan, OF_LOAN)),
      closing: new Map(Object.entries(kept.closing).map(([fund, amount]) => [fund, BigInt(amount)])),
      reversed: new Set(kept.reversed),
    });
  }
}

// One new member: stamps of this cycle, the part of them that went into the project, fines not paid yet.
export const newMember = (name, since, hands) => ({
  name,
  since,
  hands,
  shares: 0,
  project_part: 0n,
  fines: 0n,
  left: "",
});

// What is still owed of a loan, the charges due with it.
export const owing = (loan) => loan.principal + loan.charge;

const up = (one, other) => one - other;
const byNumber = ([one], [other]) => one - other;
const written = (entries, how) => Object.fromEntries(Array.from(entries, ([name, value]) => [name, how(value)]));
const numbered = (kept, how) =>
  new Map(
    Object.entries(kept)
      .map(([number, value]) => [Number(number), how(value)])
      .sort(byNumber),
  );
const inText = (part, names) => ({ ...part, ...Object.fromEntries(names.map((name) => [name, String(part[name])])) });
const inDigits = (part, names) => ({ ...part, ...Object.fromEntries(names.map((name) => [name, BigInt(part[name])])) });
