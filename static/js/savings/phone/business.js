// What else a meeting decides: who leaves, whom it chooses, which rules hold from the next cycle on.
import { Broken } from "../rules/broken.js";
import { settled, soFar } from "../sofar.js";
import { button, choice, el, field, picked, stepper } from "./elements.js";
import { asTyped, isWritten, lawFields } from "./law.js";
import { documentOf, people, voters } from "./steps.js";
import { money, refusal, say } from "./words.js";

const MATTERS = { leave: ["matter-leave", "gone"], elect: ["matter-elect", "hand"], rules: ["matter-rules", "stamp"] };
const REASONS = { left: "leave-left", expelled: "leave-expelled", died: "leave-died" };
const OFFICES = { chair: "role-chair", secretary: "role-secretary", box_keeper: "role-box", money_counter: "role-counter" };

export const BUSINESS = {
  draw(about) {
    const { said, tell } = about;
    const open = said.matter && CARDS[said.matter](about);
    const begin = (matter) => () => tell("matter", matter, { anew: true });
    const offers = Object.entries(MATTERS).filter(([matter]) => matter !== "rules" || !said.rules);
    const cards = open ? [open] : offers.map(([matter, [word, image]]) => button(say(word), begin(matter), { image }));
    return { title: say("business"), body: [el("ul", { class: "written" }, ...written(about)), ...cards] };
  },
  // A card that is open is finished or put away before the meeting goes on.
  missing: ({ said }) => Boolean(said.matter),
};

function written({ state, said, tell, names }) {
  const line = (what, each, word) => {
    const out = () => tell(what, said[what].filter((other) => other !== each), { anew: true });
    return el("li", {}, el("span", {}, word), button(say("take-out"), out, { kind: "quiet" }));
  };
  const { currency } = state.constitution;
  const leaves = (said.leaves ?? []).map((each) => {
    const told = { name: names[each.member], amount: money(BigInt(each.paid), currency) };
    return line("leaves", each, say(each.later ? "leaves-later" : "leaves-paid", told));
  });
  const elected = (said.elected ?? []).map((each) => line("elected", each, `${say(OFFICES[each.role])}: ${names[each.member]}`));
  const rules = said.rules && el("li", {}, el("span", {}, say("rules-new")), button(say("take-out"), () => tell("rules", undefined, { anew: true }), { kind: "quiet" }));
  return [...leaves, ...elected, rules].filter(Boolean);
}

const holds = (state, number) => (state.roles.key_holder ?? []).includes(Number(number));
const goes = (said, number) => (said.leaves ?? []).some(({ member }) => member === number);
const listed = (list) => list.map(([number, { name }]) => [number, `${number}. ${name}`]);

// A card: what is asked, how many hands are up where it is voted on, and the two ways out of it.
function card(about, form, title, inside, { votes, add }) {
  const { state, said, tell, draft, screens, names } = about;
  const put = (key) => (value) => tell("form", { ...said.form, [key]: value });
  const wrong = el("p", { class: "trouble", role: "alert" });
  const put_away = { form: undefined, matter: undefined };
  // What the rules would refuse at the end is refused here.
  const write = () => {
    try {
      const more = add({ yes: 0, no: 0, ...said.form, voters: voters(state, said) });
      if (!more) return void (wrong.textContent = say("fill"));
      soFar(state, documentOf(state, { ...draft, said: { ...said, ...more } }, screens, draft.step));
      Object.assign(said, more, put_away);
    } catch (refused) {
      if (!(refused instanceof Broken)) throw refused;
      return void (wrong.textContent = refusal(refused, state.constitution.currency, names));
    }
    return tell("matter", undefined, { anew: true });
  };
  const away = () => {
    Object.assign(said, put_away);
    return tell("matter", undefined, { anew: true });
  };
  return el(
    "div",
    { class: "card" },
    el("h2", {}, title),
    ...inside(put),
    votes && el("p", {}, say("hands")),
    votes && stepper(say("yes"), form.yes ?? 0, put("yes")),
    votes && stepper(say("no"), form.no ?? 0, put("no")),
    wrong,
    button(say("add"), write, { image: "hand" }),
    button(say("not-now"), away, { kind: "quiet" }),
  );
}

const CARDS = { leave, elect, rules };

// Whoever holds a key of the box cannot go before somebody else holds it.
function leave(about) {
  const { state, said, tell, names, draft, screens } = about;
  const form = said.form ?? {};
  const { currency } = state.constitution;
  const who = people(state, said).filter(([number, { joins }]) => !joins && !goes(said, number) && !holds(state, number));
  const anew = (key) => (value) => tell("form", { ...said.form, [key]: value }, { anew: true });
  const ways = Object.entries(REASONS).map(([reason, word]) => [reason, say(word)]);
  const due = () => settled(state, documentOf(state, draft, screens, draft.step), Number(form.member), form.reason);
  const gets = () => {
    if (!form.member || !form.reason) return null;
    try {
      const { paid, debt, later } = due();
      const amount = money(BigInt(paid), currency);
      const owed = debt !== "0" && el("p", {}, say("leave-debt", { amount: money(BigInt(debt), currency) }));
      return el("div", { role: "status" }, el("p", { class: "sum" }, say(later ? "leave-later" : "leave-gets", { amount })), owed);
    } catch (refused) {
      if (!(refused instanceof Broken)) throw refused;
      return el("p", { class: "trouble", role: "alert" }, refusal(refused, currency, names));
    }
  };
  const inside = () => [
    picked(say("who"), listed(who), form.member, anew("member")),
    choice("reason", say("leave-why"), ways, form.reason, anew("reason")),
    gets(),
  ];
  const add = (line) => {
    if (!line.member || !line.reason) return null;
    const { paid, later } = due();
    return { leaves: [...(said.leaves ?? []), { ...line, paid, later }] };
  };
  return card(about, form, say("matter-leave"), inside, { votes: form.reason === "expelled", add });
}

function elect(about) {
  const { state, said } = about;
  const form = said.form ?? {};
  const who = people(state, said).filter(([number]) => !goes(said, number) && !holds(state, number));
  const roles = Object.entries(OFFICES).map(([role, word]) => [role, say(word)]);
  const inside = (put) => [
    picked(say("elect-what"), roles, form.role, put("role")),
    picked(say("who"), listed(who), form.member, put("member")),
  ];
  const add = (line) => {
    if (!line.member || !line.role) return null;
    return { elected: [...(said.elected ?? []).filter(({ role }) => role !== line.role), line] };
  };
  return card(about, form, say("matter-elect"), inside, { votes: true, add });
}

function rules(about) {
  const { state, said, tell } = about;
  const law = state.constitution;
  const form = said.form ?? asTyped(law);
  const inside = () => [
    el("p", { class: "told" }, say("rules-when")),
    ...lawFields(form, law.currency, (key, value) => tell("form", { ...form, ...said.form, [key]: value })),
  ];
  const add = (line) => {
    const typed = { ...form, ...line };
    return isWritten(typed, law.currency) && { rules: typed };
  };
  return card(about, form, say("matter-rules"), inside, { votes: true, add });
}
