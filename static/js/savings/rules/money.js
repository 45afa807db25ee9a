// Whole minor units in BigInt, the smallest coin, and dividing without losing any.
// ISO 4217's exponent, and the smallest coin in use in minor units: the same table as the server's.
import { Broken } from "./broken.js";

export const CURRENCIES = new Map(
  Object.entries({
    BIF: { exponent: 0, step: 10n },
    DKK: { exponent: 2, step: 50n },
    ETB: { exponent: 2, step: 100n },
    EUR: { exponent: 2, step: 5n },
    GHS: { exponent: 2, step: 10n },
    KES: { exponent: 2, step: 100n },
    MWK: { exponent: 2, step: 1000n },
    NGN: { exponent: 2, step: 500n },
    NOK: { exponent: 2, step: 100n },
    RWF: { exponent: 0, step: 10n },
    SEK: { exponent: 2, step: 100n },
    TZS: { exponent: 2, step: 5000n },
    UGX: { exponent: 0, step: 50n },
    USD: { exponent: 2, step: 5n },
    XAF: { exponent: 0, step: 5n },
    XOF: { exponent: 0, step: 5n },
    ZMW: { exponent: 2, step: 10n },
  }),
);

const DIGITS = /^(?:0|-?[1-9][0-9]{0,29})$/;

// An amount as it stands in a document: a string of digits. Throws Broken("amount").
export function readAmount(text) {
  if (typeof text !== "string" || !DIGITS.test(text)) throw new Broken("amount");
  return BigInt(text);
}

export const atMost = (one, other) => (one < other ? one : other);
export const atLeast = (one, other) => (one > other ? one : other);
export const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);

// Division that goes down, also below 0 (BigInt's own goes towards 0). The divisor is above 0.
export function floorDiv(amount, by) {
  const whole = amount / by;
  return amount % by < 0n ? whole - 1n : whole;
}

// What is left of it: from 0 to below `by`.
export const floorRest = (amount, by) => amount - floorDiv(amount, by) * by;

// In whole coins, cut.
export const inCoins = (amount, step) => floorDiv(amount, step) * step;

// numerator / denominator, to the nearest multiple of `step`, a half upwards. Nothing here is negative.
export function halfUp(numerator, denominator, step) {
  const whole = denominator * step;
  return floorDiv(2n * numerator + whole, 2n * whole) * step;
}

// `pool` over [member, weight] in whole steps: [what each gets, what is left below one step]. Each gets the floor of
// the exact quota or one step more. Ties go to the larger weight, then to the lower number. Weight 0 gets 0. Where no
// weight is above 0 everything is left.
export function largestRemainder(pool, weights, step) {
  const total = sum(weights.map(([, weight]) => weight));
  if (total <= 0n || pool <= 0n) return [new Map(weights.map(([member]) => [member, 0n])), pool];
  const units = floorDiv(pool, step);
  const given = new Map();
  const rests = [];
  for (const [member, weight] of weights) {
    const floor = floorDiv(units * weight, total);
    const rest = units * weight - floor * total;
    given.set(member, floor * step);
    if (rest) rests.push({ member, weight, rest });
  }
  rests.sort((a, b) => down(a.rest, b.rest) || down(a.weight, b.weight) || a.member - b.member);
  const over = units - floorDiv(sum([...given.values()]), step);
  for (const { member } of rests.slice(0, Number(over))) given.set(member, given.get(member) + step);
  return [given, pool - units * step];
}

// `pool` equally in whole steps; the steps over go one each from the `start`-th member on, round the list.
export function equalSplit(pool, members, step, start) {
  if (!members.length || pool <= 0n) return [new Map(members.map((member) => [member, 0n])), pool];
  const numbers = [...members].sort((a, b) => a - b);
  const people = BigInt(numbers.length);
  const units = floorDiv(pool, step);
  const given = new Map(numbers.map((member) => [member, floorDiv(units, people) * step]));
  for (let place = 0; place < Number(floorRest(units, people)); place += 1) {
    const member = numbers[(start + place) % numbers.length];
    given.set(member, given.get(member) + step);
  }
  return [given, floorRest(pool, step)];
}

const down = (one, other) => (one > other ? -1 : Number(one < other));
