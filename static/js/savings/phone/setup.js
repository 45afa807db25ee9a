// Sets up a group in four screens: its rules, its members, its officers, the PINs of three key-holders. What is typed is
// kept at each key, but for the PINs.
import { Outdated } from "../database.js";
import { founded, HOLDERS, lawOf, OFFICES, rehearsed } from "../founding.js";
import { NoPin } from "../keys.js";
import { Broken } from "../rules/broken.js";
import { readConstitution } from "../rules/constitution.js";
import { CURRENCIES } from "../rules/money.js";
import { NotKept, staysHere } from "../store.js";
import { aloud, button, el, field, picked, stepper } from "./elements.js";
import { digitsOf, isWritten, lawFields } from "./law.js";
import { today } from "./practice.js";
import { refusal, say } from "./words.js";

const PLACE = "set-up";
const USUAL = { currency: "TZS", shares_max: "5", loan_multiple: "3", loan_max_term: "3", project: "5", charge: "5", late: "0", absent: "0" };
const ROLES = ["role-chair", "role-secretary", "role-box", "role-counter", ...HOLDERS.map(() => "role-key")];

class Missing extends Error {}

export async function setUp({ show, store, home, done }) {
  const draft = (await store.draft(PLACE)) ?? { group: PLACE, revision: 0, step: 0, said: { ...USUAL, names: [], officers: [] } };
  const { said } = draft;
  const trouble = el("p", { class: "trouble", role: "alert" });
  const pins = HOLDERS.map(() => ["", ""]);
  let writing = Promise.resolve();

  function tell(key, value) {
    said[key] = value;
    return keep();
  }

  function keep() {
    writing = writing.then(async () => {
      draft.revision = (await store.keepDraft(structuredClone(draft))).revision;
    });
    return writing.catch((wrong) => {
      writing = Promise.resolve();
      complain(wrong);
    });
  }

  function complain(wrong) {
    trouble.textContent = words(wrong);
    trouble.scrollIntoView({ block: "center" });
  }

  function words(wrong) {
    if (wrong instanceof Broken) return refusal(wrong, said.currency, Object.fromEntries(said.names.map((name, at) => [at + 1, name])));
    if (wrong instanceof NoPin) return say("pin-twice");
    if (wrong instanceof Missing) return say("fill");
    if (wrong instanceof NotKept || wrong instanceof Outdated) return say("elsewhere");
    return say("no-room");
  }

  const put = (key) => (value) => tell(key, value);

  const screens = [
    {
      title: "set-rules",
      body: () => [
        field(say("set-name"), said.name, put("name"), { kind: "text" }),
        picked(say("set-currency"), [...CURRENCIES.keys()].map((each) => [each, each]), said.currency, put("currency")),
        ...lawFields(said, said.currency, tell),
      ],
      missing: () => !said.name?.trim() || !CURRENCIES.has(said.currency) || !isWritten(said, said.currency),
      asks: () => readConstitution(law()),
    },
    { title: "set-members", body: members, missing: () => said.names.length < ROLES.length - OFFICES.length + 1 || said.name_typed?.trim() },
    {
      title: "set-officers",
      body: () => [
        ...ROLES.map((role, place) => picked(say(role), listed(), said.officers[place], (value) => officer(place, value))),
        el("p", { class: "told" }, say("set-hands")),
        stepper(say("yes"), said.yes ?? 0, put("yes")),
      ],
      missing: () => ROLES.some((_role, place) => !said.officers[place]),
      asks: () => rehearsed(plan()),
    },
    { title: "set-pins", body: () => [el("p", { class: "told" }, say("set-pins-how")), ...HOLDERS.flatMap(pinFields)], last: true },
  ];

  const listed = () => said.names.map((name, place) => [place + 1, `${place + 1}. ${name}`]);

  function officer(place, value) {
    const officers = ROLES.map((_role, at) => said.officers[at] ?? "");
    officers[place] = value;
    return tell("officers", officers);
  }

  function members() {
    const lines = said.names.map((name, place) => {
      const out = async () => {
        await tell("officers", []);
        await tell("names", said.names.filter((_each, at) => at !== place));
        draw();
      };
      return el("li", {}, el("span", {}, `${place + 1}. ${name}`), button(say("take-out"), out, { kind: "quiet" }));
    });
    const add = async () => {
      const name = said.name_typed?.trim();
      if (!name) return complain(new Missing());
      await tell("names", [...said.names, name]);
      await tell("name_typed", "");
      return draw();
    };
    return [
      el("ul", { class: "written" }, ...lines),
      el("div", { class: "card" }, field(say("set-member"), said.name_typed, put("name_typed"), { kind: "text" }), button(say("add"), add, { image: "hand" })),
    ];
  }

  function pinFields(_holder, place) {
    const name = said.names[Number(said.officers[OFFICES.length + place]) - 1];
    pins[place] = ["", ""];
    const typed = (time) => (value) => (pins[place][time] = value);
    return [
      field(say("pin", { name }), "", typed(0), { kind: "pin" }),
      field(say("pin-again", { name }), "", typed(1), { kind: "pin" }),
    ];
  }

  const law = () => lawOf({ currency: said.currency, ...digitsOf(said, said.currency) });

  function plan() {
    const officers = ROLES.map((_role, place) => Number(said.officers[place]));
    return { name: said.name.trim(), law: law(), names: said.names, officers, yes: said.yes ?? 0, held_on: today(new Date()) };
  }

  async function next() {
    const screen = screens[draft.step];
    trouble.textContent = "";
    try {
      if (screen.missing?.()) throw new Missing();
      await screen.asks?.();
      if (!screen.last) return await go(draft.step + 1);
      if (pins.some(([one, again]) => one !== again)) throw new NoPin();
      await staysHere();
      const made = await founded(plan(), pins.map(([one]) => one));
      await writing;
      await store.found(draft, made);
      return await done(made.group, made.envelope);
    } catch (wrong) {
      return complain(wrong);
    }
  }

  async function go(step) {
    draft.step = step;
    await keep();
    draw();
  }

  function draw() {
    const { title, body, last } = screens[draft.step];
    trouble.textContent = "";
    const steps = say("step", { step: draft.step + 1, steps: screens.length });
    show(
      el("progress", { max: screens.length, value: draft.step + 1, "aria-label": steps }),
      el("p", { class: "step" }, steps),
      el("h1", {}, say(title)),
      ...body(),
      trouble,
      button(say(last ? "sign" : "next"), next, { kind: "main", image: last ? "key" : "here" }),
      button(say(draft.step ? "back" : "home"), () => (draft.step ? go(draft.step - 1) : home()), { kind: "quiet" }),
      aloud(),
    );
  }

  return draw();
}
