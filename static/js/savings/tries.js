// A PIN is tried slowly: whoever holds the phone for a moment cannot go through them all. Each try is counted before it
// is made, so that killing the page wins nothing, and the count is kept with the key.
import { isPin, NoPin } from "./keys.js";

export const FREE = 3;
const FIRST = 60 * 1000;
const LONGEST = 60 * 60 * 1000;

// Too soon after too many wrong PINs; `ms` are still to be waited.
export class TooSoon extends Error {
  constructor(ms) {
    super("too-soon");
    this.ms = ms;
  }
}

// How long after this many wrong tries: nothing at first, then one minute, twice that each time, at most an hour.
export function waitAfter(wrong) {
  return wrong < FREE ? 0 : Math.min(FIRST * 2 ** (wrong - FREE), LONGEST);
}

// What is left to wait now. A clock that was turned back begins the wait anew and never lengthens it.
export function leftOf({ wrong, since }, now) {
  return Math.min(waitAfter(wrong), Math.max(0, since + waitAfter(wrong) - now));
}

// does() with the PIN of this key, if it may be tried by now. Throws NoPin, TooSoon, WrongPin.
export async function tried(store, key, pin, does) {
  if (!isPin(pin)) throw new NoPin();
  const left = await store.countTry(key.id, Date.now(), leftOf);
  if (left) throw new TooSoon(left);
  const brought = await does();
  await store.forgetTries(key.id);
  return brought;
}
