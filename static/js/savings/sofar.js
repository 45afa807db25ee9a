// A meeting while it is held: what the box should hold by now, who was not called, what is still to be written. The same
// rules as at the end, so that a line is refused when it is said and not at the seal.
import { halfway } from "./rules/meeting.js";
import { settlement } from "./rules/leaving.js";
import { chargeOf, chargesDue } from "./rules/loans.js";
import { inCoins } from "./rules/money.js";
import { State } from "./rules/state.js";
import { FUNDS } from "./rules/table.js";

// Of the group's state as written and the document as far as it goes (sealing.js, `written`). Throws Broken at the line.
// {step, boxes: what the book says is in each (strings of digits), uncalled, uncounted: {opening, closing} (funds),
// gaps: {fund: amount} where box and book differ, roles: {role: members}, due: lines that the rules ask for now}.
export function soFar(kept, document) {
  const { table, reached } = halfway(State.fromJSON(kept), document);
  const { state } = table;
  const funds = FUNDS.filter((fund) => isUsed(state, fund));
  return {
    step: reached,
    boxes: Object.fromEntries(funds.map((fund) => [fund, String(state.balance(`cash:${fund}`))])),
    uncalled: state.active().filter((member) => !table.present.has(member)),
    uncounted: {
      opening: funds.filter((fund) => !table.opened.has(fund)),
      closing: funds.filter((fund) => !table.shut.has(fund)),
    },
    gaps: Object.fromEntries([...table.gaps].filter(([, gap]) => gap).map(([fund, gap]) => [fund, String(gap)])),
    roles: Object.fromEntries([...state.roles].map(([role, members]) => [role, [...members]])),
    due: state.closed ? [] : [...charges(table), ...parts(table)],
  };
}

// What a member gets who goes now, by the group's own rule: {saved, earned, project, forfeited, debt, forgiven, paid, all
// strings of digits, later: whether at the end of the cycle}. Throws Broken where the debt is above what there is.
export function settled(kept, document, member, reason) {
  const { state } = halfway(State.fromJSON(kept), document).table;
  const { later, ...due } = settlement(state, member, reason);
  const project = inCoins(due.project, state.constitution.step);
  const told = Object.entries({ ...due, project, paid: due.paid + project }).map(([name, amount]) => [name, String(amount)]);
  return { ...Object.fromEntries(told), later };
}

// The charges that fall due today, one line each.
function charges({ state, today }) {
  return [...state.loans].flatMap(([loan, terms]) => {
    const amount = chargeOf(terms, state.constitution.step);
    const times = amount ? chargesDue(terms, state.seq, today) : 0;
    return Array.from({ length: times }, () => ({ kind: "charge_due", loan, amount: String(amount) }));
  });
}

// What of today's savings goes to the common project.
function parts({ partDue }) {
  return Array.from(partDue, ([member, amount]) => ({ kind: "project_in", member, amount: String(amount) }));
}

function isUsed(state, fund) {
  if (fund === "loan") return true;
  if (fund === "project") return state.constitution.projectMode === "own";
  return Boolean(state.constitution.socialAmount || state.balance("cash:social"));
}
