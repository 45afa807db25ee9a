// What stands on each screen of a meeting, and what must be said before the next one opens.
import { button, choice, el, field, picked, stepper } from "./elements.js";
import { counting, isUncounted } from "./counting.js";
import { PIN } from "./practice.js";
import { BUSINESS } from "./business.js";
import { finesOf, openLoans, people, voters } from "./steps.js";
import { money, say, typedAmount } from "./words.js";

const told = (word, facts) => el("p", { class: "told" }, say(word, facts));
const called = (number, { name }) => `${number}. ${name}`;
const inDigits = (typed, currency) => (/^\d+$/.test(typedAmount(typed, currency)) ? money(BigInt(typedAmount(typed, currency)), currency) : "");
const members = ({ state, said }, draw) => people(state, said).map(([number, member]) => draw(number, called(number, member), member));

// Paid or not, member by member.
function paying(what, about) {
  const { said, tell } = about;
  const ways = [
    [true, say("paid"), "coins"],
    [false, say("not-paid"), "gone"],
  ];
  return members(about, (number, name) =>
    choice(`${what}:${number}`, name, ways, said[`${what}:${number}`], (value) => tell(`${what}:${number}`, value)),
  );
}

// A list that grows line by line: what was written down, and a form for one more.
function growing(what, fields, { state, said, tell, names }) {
  const { currency } = state.constitution;
  const form = said[`new:${what}`] ?? {};
  const put = (key) => (value) => tell(`new:${what}`, { ...(said[`new:${what}`] ?? {}), [key]: value });
  const amount = (typed) => inDigits(typed, currency);
  const lines = (said[what] ?? []).map((line, place) =>
    el(
      "li",
      {},
      el("span", {}, `${names[line.member]}: ${amount(line.amount)}. ${line.reason}`),
      button(say("take-out"), () => tell(what, said[what].filter((_each, at) => at !== place), { anew: true }), { kind: "quiet" }),
    ),
  );
  const add = async () => {
    const line = { yes: 0, no: 0, ...said[`new:${what}`], voters: voters(state, said) };
    if (!isWhole(line, fields)) return form_trouble();
    said[`new:${what}`] = {};
    await tell(what, [...(said[what] ?? []), line], { anew: true });
  };
  const wrong = el("p", { class: "trouble", role: "alert" });
  const form_trouble = () => (wrong.textContent = say("fill"));
  return [
    el("ul", { class: "written" }, ...lines),
    el(
      "div",
      { class: "card" },
      picked(say("who"), people(state, said).map(([number, member]) => [number, called(number, member)]), form.member, put("member")),
      field(say("how-much"), form.amount, put("amount"), { shows: amount }),
      fields.includes("term") && field(say("months"), form.term, put("term")),
      field(say("what-for"), form.reason, put("reason"), { kind: "text" }),
      el("p", {}, say("hands")),
      stepper(say("yes"), form.yes ?? 0, put("yes")),
      stepper(say("no"), form.no ?? 0, put("no")),
      wrong,
      button(say("add"), add, { image: "hand" }),
    ),
  ];
}

// Whoever joins today is written down before the roll is called, and is called with the others.
function joining({ state, said, tell }) {
  const form = said.joining;
  const joined = people(state, said).filter(([, { joins }]) => joins);
  const lines = joined.map(([number, member], place) => {
    // Those behind get another number: they are called once more.
    const out = () => {
      for (const [later] of joined.slice(place)) for (const what of ["how", "social", "fine", "shares", "project"]) delete said[`${what}:${later}`];
      return tell("joined", said.joined.filter((_name, at) => at !== place), { anew: true });
    };
    return el("li", {}, el("span", {}, called(number, member)), button(say("take-out"), out, { kind: "quiet" }));
  });
  const list = el("ul", { class: "written" }, ...lines);
  if (!form) return [list, button(say("join"), () => tell("joining", { name: "" }, { anew: true }), { kind: "quiet", image: "people" })];
  const add = () => {
    const name = form.name.trim();
    if (!name) return undefined;
    said.joining = undefined;
    return tell("joined", [...(said.joined ?? []), name], { anew: true });
  };
  const not = () => tell("joining", undefined, { anew: true });
  return [
    list,
    el(
      "div",
      { class: "card" },
      el("h2", {}, say("join")),
      field(say("set-member"), form.name, (name) => tell("joining", Object.assign(form, { name })), { kind: "text" }),
      button(say("add"), add, { image: "hand" }),
      button(say("not-now"), not, { kind: "quiet" }),
    ),
  ];
}

const isWhole = (line, fields) => fields.every((name) => String(line[name] ?? "").trim()) && /^\d+$/.test(typedAmount(line.amount, "UGX"));
const begun = (what) => ({ said }) => Boolean(said[`new:${what}`]?.amount);
const inTheBox = ({ before, state }) => told("in-box", { amount: money(BigInt(before().boxes.loan), state.constitution.currency) });

export const SCREENS = {
  day: {
    draw({ draft, keep }) {
      const set = (value) => {
        draft.held_on = value;
        keep().catch(() => {});
      };
      return { title: say("day"), body: [field(say("day"), draft.held_on, set, { kind: "day" })] };
    },
    missing: ({ draft }) => !draft.held_on,
  },
  roll: {
    draw(about) {
      const { said, tell } = about;
      const ways = [
        ["present", say("present"), "here"],
        ["late", say("late"), "late"],
        ["absent", say("absent"), "gone"],
      ];
      const each = (number, name) =>
        choice(`how:${number}`, name, ways, said[`how:${number}`], (value) => tell(`how:${number}`, value));
      return { title: say("roll"), body: [...members(about, each), ...joining(about)] };
    },
    missing: ({ state, said }) => Boolean(said.joining?.name?.trim()) || people(state, said).some(([number]) => !said[`how:${number}`]),
  },
  count: { draw: counting, missing: isUncounted },
  social: {
    draw: (about) => {
      const { social_amount: amount, currency } = about.state.constitution;
      const body = [told("social-pay", { amount: money(BigInt(amount), currency) }), ...paying("social", about)];
      return { title: say("social"), body };
    },
    missing: ({ state, said }) => people(state, said).some(([number]) => said[`social:${number}`] === undefined),
  },
  grants: {
    draw: (about) => ({ title: say("grants"), body: growing("grants", ["member", "amount", "reason"], about) }),
    missing: begun("grants"),
  },
  fines: {
    draw(about) {
      const { state, said, tell, names } = about;
      const ways = [
        [true, say("paid"), "coins"],
        [false, say("not-paid"), "gone"],
      ];
      const body = finesOf(state, said).map(([number, amount]) => {
        const name = `${number}. ${names[number]}: ${money(amount, state.constitution.currency)}`;
        return choice(`fine:${number}`, name, ways, said[`fine:${number}`], (value) => tell(`fine:${number}`, value));
      });
      return { title: say("fines"), body: body.length ? body : [told("fines-none")] };
    },
    missing: ({ state, said }) => finesOf(state, said).some(([number]) => said[`fine:${number}`] === undefined),
  },
  shares: {
    draw(about) {
      const { state, said, tell } = about;
      const { shares_max: most, share_value: value, currency } = state.constitution;
      const each = (number, name, { hands }) => {
        if (said[`how:${number}`] === "absent") return null;
        const ways = Array.from({ length: most * hands + 1 }, (_, count) => [count, String(count)]);
        return choice(`shares:${number}`, name, ways, said[`shares:${number}`], (count) => tell(`shares:${number}`, count));
      };
      const body = members(about, each).filter(Boolean);
      return { title: say("shares"), body: [told("shares-how", { amount: money(BigInt(value), currency) }), ...body] };
    },
    missing: ({ state, said }) =>
      people(state, said).some(([number]) => said[`how:${number}`] !== "absent" && said[`shares:${number}`] === undefined),
  },
  repayments: {
    draw({ state, said, tell, before, names }) {
      const { currency } = state.constitution;
      const charged = (loan) => before().due.filter((line) => line.loan === Number(loan) && line.kind === "charge_due");
      const body = openLoans(state).map(([number, loan]) => {
        const owed = charged(number).reduce((sum, { amount }) => sum + BigInt(amount), BigInt(loan.principal) + BigInt(loan.charge));
        const name = `${names[loan.member]}. ${say("owes", { amount: money(owed, currency) })}`;
        const put = (value) => tell(`repaid:${number}`, value);
        return el("div", { class: "card" }, el("h2", {}, name), field(say("how-much"), said[`repaid:${number}`], put, { shows: (typed) => inDigits(typed, currency) }));
      });
      return { title: say("repayments"), body: body.length ? body : [told("loans-none")] };
    },
  },
  loans: {
    draw: (about) => ({
      title: say("loans"),
      body: [inTheBox(about), ...growing("loans", ["member", "amount", "term", "reason"], about)],
    }),
    missing: begun("loans"),
  },
  project: {
    draw(about) {
      const { state, before, names } = about;
      const { currency, project } = state.constitution;
      if (project.fixed !== "0") return { title: say("project"), body: paying("project", about) };
      const parts = before().due.filter(({ kind }) => kind === "project_in");
      const lines = parts.map(({ member, amount }) => el("li", {}, `${names[member]}: ${money(BigInt(amount), currency)}`));
      return { title: say("project"), body: [told("project-part"), el("ul", { class: "written" }, ...lines)] };
    },
  },
  business: BUSINESS,
  seal: {
    async draw({ state, draft, store, group, names, sign, practice }) {
      const keys = await store.keysOf(group.id);
      const cards = (state.roles.key_holder ?? []).map((member) => {
        if (draft.signatures?.some((each) => each.member === member)) return el("p", { class: "agrees" }, say("signed", { name: names[member] }));
        const key = keys.find((each) => each.member === member);
        if (!key) return el("p", { class: "told" }, say("keyless", { name: names[member] }));
        let pin = "";
        const typed = field(say("pin", { name: names[member] }), "", (value) => (pin = value), { kind: "pin" });
        return el("div", { class: "card" }, typed, button(say("sign"), () => sign(key, pin), { image: "key" }));
      });
      return { title: say("seal"), body: [told("seal-how"), practice && el("p", { class: "practice" }, say("pin-practice", { pin: PIN })), ...cards] };
    },
  },
};
