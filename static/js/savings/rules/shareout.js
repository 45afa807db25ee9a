// The share-out: the whole box, in real coins, and nothing lost. Each member's share is the floor of the exact quota
// in whole coins, or one coin more. What is below one coin is the residue. Debts are netted: the whole payout is
// posted, and a repayment beside it. Where a debt is above what its member gets, the rest stays owed and is not in
// the pool.
import { Broken } from "./broken.js";
import { atLeast, atMost, equalSplit, floorDiv, inCoins, largestRemainder, sum } from "./money.js";

export const PARTS = ["gross", "welfare", "payable", "loan", "fines", "net"];

// What everybody would get if the cycle ended now. Refuses: nothing saved, money at a bank, a loan from outside.
export function shareOut(state) {
  const [loan, social] = [state.balance("bank:loan"), state.balance("bank:social")];
  if (loan || social) throw new Broken("bank-not-home", { balance: loan + social });
  const outside = state.balance("external-loan");
  if (outside) throw new Broken("external-loan-open", { balance: -outside });
  return projected(state);
}

// The same, with what lies at a bank and what is owed outside counted: what a member has today. {pool, residue,
// totalShares, paperValue, payouts: Map of member number to {member, gross, welfare, payable, loan, fines, net}}.
export function projected(state) {
  const law = state.constitution;
  const numbers = state.active();
  const payable = new Map(
    inOrder(state.members.keys())
      .map((number) => [number, -state.balance(`payable:${number}`)])
      .filter(([, amount]) => amount),
  );
  const debts = new Map(numbers.map((number) => [number, state.owedBy(number)]));
  const fines = new Map(
    numbers.map((number) => [number, law.fineFund === "loan" ? state.members.get(number).fines : 0n]),
  );
  const weights = numbers.map((number) => [number, BigInt(state.members.get(number).shares)]);
  const total = sum(weights.map(([, weight]) => weight));
  if (total <= 0n) throw new Broken("nothing-saved");
  const cash = state.balance("cash:loan") + state.balance("bank:loan") + state.balance("external-loan");
  const whole = cash - sum([...payable.values()]) + sum([...debts.values()]) + sum([...fines.values()]);
  const owed = new Map(numbers.map((number) => [number, debts.get(number) + fines.get(number)]));
  const pool = collectible(state, whole, owed, weights);
  const [gross, residue] = shared(state, pool, weights);
  let welfare = new Map();
  if (law.whole.social_end === "split") {
    const social = state.balance("cash:social") + state.balance("bank:social");
    [welfare] = equalSplit(social, numbers, law.step, state.cycle - 1);
  }
  const payouts = new Map();
  for (const member of inOrder(new Set([...numbers, ...payable.keys()]))) {
    const of = (amounts) => amounts.get(member) ?? 0n;
    const loan = atMost(of(debts), of(gross));
    const fined = atMost(of(fines), of(gross) - loan);
    const net = of(gross) + of(welfare) + of(payable) - loan - fined;
    payouts.set(member, {
      member,
      gross: of(gross),
      welfare: of(welfare),
      payable: of(payable),
      loan,
      fines: fined,
      net,
    });
  }
  return { pool, residue, totalShares: total, paperValue: floorDiv(atLeast(pool, 0n), total), payouts };
}

// The pool without what members owe above what they surely get. It is only ever lowered, so it comes to rest.
function collectible(state, whole, debts, weights) {
  let pool = whole;
  for (;;) {
    const given = least(state, atLeast(pool, 0n), weights);
    const over = sum(weights.map(([number]) => atLeast(debts.get(number) - given.get(number), 0n)));
    if (whole - over >= pool) return atLeast(pool, 0n);
    pool = whole - over;
  }
}

// What each gets before the coins over are given out.
function least(state, pool, weights) {
  const { step, whole } = state.constitution;
  const total = sum(weights.map(([, weight]) => weight));
  if (whole.share_out.paper_mode) {
    const value = inCoins(floorDiv(pool, total), step);
    return new Map(weights.map(([number, weight]) => [number, value * weight]));
  }
  const gain = earned(state, pool, weights);
  if (gain >= 0n) {
    const part = floorDiv(floorDiv(gain, step), BigInt(weights.length)) * step;
    return new Map(weights.map(([number]) => [number, part - state.balance(`share:${number}`)]));
  }
  const units = floorDiv(pool, step);
  return new Map(weights.map(([number, weight]) => [number, floorDiv(units * weight, total) * step]));
}

function shared(state, pool, weights) {
  const { step, whole } = state.constitution;
  if (whole.share_out.paper_mode) {
    const given = least(state, pool, weights);
    return [given, pool - sum([...given.values()])];
  }
  const gain = earned(state, pool, weights);
  if (gain < 0n) return largestRemainder(pool, weights, step);
  const [given, residue] = largestRemainder(gain, weights.map(([number]) => [number, 1n]), step);
  return [new Map(weights.map(([number]) => [number, given.get(number) - state.balance(`share:${number}`)])), residue];
}

// What all split equally above what each saved; -1 where the group splits by shares, or made a loss.
function earned(state, pool, weights) {
  if (state.constitution.whole.share_out.basis !== "equal") return -1n;
  return pool + sum(weights.map(([number]) => state.balance(`share:${number}`)));
}

const inOrder = (numbers) => [...numbers].sort((one, other) => one - other);
