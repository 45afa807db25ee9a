// Counting one box: what members remember, coins and notes, and the gap to the book with its reason and its vote.
import { CURRENCIES } from "../rules/money.js";
import { choice, el, field, stepper } from "./elements.js";
import { countedIn, voters } from "./steps.js";
import { money, say } from "./words.js";

const PICTURES = { loan: "box", social: "hand", project: "plant" };

export function counting({ screen: { fund, when }, state, said, tell, before, draw }) {
  const { currency, recitation } = state.constitution;
  const mark = `${fund}:${when}`;
  const recited = `recited:${fund}`;
  const asks = when === "opening" && recitation;
  const book = BigInt(before().boxes[fund]);
  const body = [];
  if (asks) {
    const ways = [
      [true, say("right"), "here"],
      [false, say("wrong"), "gone"],
    ];
    body.push(choice(recited, say("recite"), ways, said[recited], (right) => tell(recited, right, { anew: true })));
  }
  if (!asks || said[recited] !== undefined) body.push(...counts());
  return { title: say(fund), body };

  function counts() {
    const typed = said[`notes:${mark}`] ?? {};
    const sum = el("p", { class: "sum", role: "status" });
    const gap = el("div", {});
    const refresh = () => {
      const amount = countedIn(said[`notes:${mark}`]);
      sum.textContent = say("in-all", { amount: money(amount, currency) });
      gap.replaceChildren(...(said[`notes:${mark}`] || amount === book ? gapTo(amount - book) : []));
    };
    const put = (note) => async (count) => {
      said[`notes:${mark}`] = { ...(said[`notes:${mark}`] ?? {}), [note]: count };
      const off = String(countedIn(said[`notes:${mark}`]) - book);
      await tell(`gap:${mark}`, { ...(said[`gap:${mark}`] ?? {}), amount: off, voters: voters(state, said) });
      refresh();
    };
    const notes = denominations(state.constitution).map((note) => noteField(note, typed[note] ?? 0, put(note), currency));
    // What the book says may be another than when this box was counted.
    said[`gap:${mark}`] = { ...(said[`gap:${mark}`] ?? {}), amount: String(countedIn(typed) - book), voters: voters(state, said) };
    refresh();
    const expected = el("p", {}, say("book", { amount: money(book, currency) }));
    const what = el("p", { class: "told" }, say(when === "opening" ? "count" : "count-again"));
    return [what, expected, el("div", { class: "notes" }, ...notes), sum, gap];
  }

  function gapTo(amount) {
    if (!amount) return [el("p", { class: "agrees" }, say("agree"))];
    const known = said[`gap:${mark}`] ?? {};
    const put = (key) => (value) => tell(`gap:${mark}`, { ...said[`gap:${mark}`], [key]: value });
    const why = el(
      "div",
      { class: "card" },
      field(say("why", { amount: money(amount, currency) }), known.reason, put("reason"), { kind: "text" }),
      el("p", {}, say("hands")),
      stepper(say("yes"), known.yes ?? 0, put("yes")),
      stepper(say("no"), known.no ?? 0, put("no")),
    );
    return [why];
  }
}

// Whether something is still to be said of this box.
export function isUncounted({ screen: { fund, when }, state, said }) {
  const gap = said[`gap:${fund}:${when}`];
  if (when === "opening" && state.constitution.recitation && said[`recited:${fund}`] === undefined) return true;
  return !gap || (gap.amount !== "0" && !gap.reason?.trim());
}

const noteField = (note, count, told, currency) => stepper(money(BigInt(note), currency), count, told);

// Notes and coins of 1, 2 and 5 and their tens, from the smallest coin up; ten of them are enough for any box.
export function denominations({ currency, cash_step: step }) {
  const unit = 10n ** BigInt(CURRENCIES.get(currency).exponent);
  const most = currency === "TZS" ? 10000n * unit : BigInt(step) * 1000n;
  const all = [];
  for (let ten = 1n; ten <= most; ten *= 10n) for (const times of [1n, 2n, 5n]) all.push(ten * times);
  return all.filter((note) => note >= BigInt(step) && note <= most && note % BigInt(step) === 0n).reverse().map(String);
}
