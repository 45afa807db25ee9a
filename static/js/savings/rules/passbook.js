// A member's passbook: what is saved, what is owed, and what there would be to take home today.
import { limitOf } from "./loans.js";
import { atLeast, sum } from "./money.js";
import { projected } from "./shareout.js";

// One member's numbers; `today` is net of what is owed and never below 0.
export function passbook(state, number) {
  const member = state.members.get(number);
  const borrowed = sum(state.loansOf(number).map((loan) => state.loans.get(loan).principal));
  return {
    shares: member.shares,
    saved: -state.balance(`share:${number}`),
    project: -state.balance(`project-share:${number}`),
    owed: state.owedBy(number),
    fines: member.fines,
    mayBorrow: atLeast(limitOf(state, number) - borrowed, 0n),
    today: member.shares ? atLeast(projected(state).payouts.get(number).net, 0n) : 0n,
  };
}
