// Who leaves, is let go, or dies: what is paid out, by the group's own rule for each.
import { Broken } from "./broken.js";
import { floorRest } from "./money.js";
import { projected } from "./shareout.js";

export const RULE_OF = new Map([
  ["left", "leave"],
  ["expelled", "expulsion"],
  ["died", "death"],
]);

// What a member gets who goes today: saved + earned + project - forfeited - debt = paid. `forgiven` is the loan that
// dies with its borrower. Refuses a debt above what there is to settle it with.
export function settlement(state, number, reason) {
  const law = state.constitution.whole;
  const rule = law[RULE_OF.get(reason)];
  const member = state.members.get(number);
  const saved = -state.balance(`share:${number}`);
  const pays = state.seq - member.since < rule.after_meetings ? "nothing" : rule.pays;
  const earned = pays === "earnings" && member.shares ? projected(state).payouts.get(number).gross - saved : 0n;
  const forfeited = pays === "nothing" ? saved : 0n;
  const keepsProject = pays !== "nothing" && law.project.leaver === "own";
  const project = keepsProject ? -state.balance(`project-share:${number}`) : 0n;
  const owed = state.owedBy(number);
  const forgiven = rule.forgive ? owed : 0n;
  const debt = owed - forgiven;
  const paid = saved + earned - forfeited - debt;
  if (paid < 0n) {
    throw new Broken("debt-above-savings", { member: number, amount: debt, balance: saved + earned - forfeited });
  }
  const rest = floorRest(paid, state.constitution.step);
  const later = rule.when === "cycle_end";
  return { saved, earned: earned - rest, project, forfeited, debt, forgiven, paid: paid - rest, later };
}
