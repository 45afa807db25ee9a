// Leads a group through its meeting: one screen after the other, each kept as it is typed, each asked of the rules
// before the next one opens.
import { reckoned, signed } from "../sealing.js";
import { soFar } from "../sofar.js";
import { WrongPin, NoPin } from "../keys.js";
import { Broken } from "../rules/broken.js";
import { NotKept } from "../store.js";
import { Outdated } from "../database.js";
import { TooSoon, tried } from "../tries.js";
import { aloud, button, el } from "./elements.js";
import { SCREENS } from "./screens.js";
import { documentOf, people, screensOf } from "./steps.js";
import { refusal, say } from "./words.js";

const REST = 400;

export function hold({ show, store, group, draft, sealed, practice }) {
  const { state } = group;
  const screens = screensOf(state);
  const names = {};
  const trouble = el("p", { class: "trouble", role: "alert" });
  let since = performance.now();
  let writing = Promise.resolve();

  // Kept in the order in which it was said.
  function keep() {
    draft.ms += Math.round(performance.now() - since);
    since = performance.now();
    writing = writing.then(async () => {
      draft.revision = (await store.keepDraft(structuredClone(draft))).revision;
    });
    return writing.catch((wrong) => {
      writing = Promise.resolve();
      complain(wrong);
      throw wrong;
    });
  }

  function complain(wrong) {
    const [word, at] = said(wrong);
    trouble.textContent = word;
    if (at) trouble.dataset.rule = at;
    trouble.scrollIntoView({ block: "center" });
  }

  function said(wrong) {
    if (wrong instanceof Broken) return [refusal(wrong, state.constitution.currency, names), wrong.rule];
    if (wrong instanceof TooSoon) return [say("pin-wait", { minutes: Math.ceil(wrong.ms / 60000) })];
    if (wrong instanceof WrongPin || wrong instanceof NoPin) return [say("pin-wrong")];
    if (wrong instanceof Missing) return [say("fill")];
    if (wrong instanceof NotKept || wrong instanceof Outdated) return [say("elsewhere")];
    return [say("no-room")];
  }

  // Something was said on this screen: kept at once; the screen is drawn anew where that shows more.
  function tell(key, value, { anew = false } = {}) {
    draft.said[key] = value;
    const kept = keep().catch(() => {});
    if (anew) draw();
    return kept;
  }

  const until = (place) => documentOf(state, draft, screens, place);
  const before = () => soFar(state, until(draft.step - 1));

  async function go(step) {
    draft.step = step;
    delete draft.document;
    delete draft.signatures;
    await keep();
    draw();
  }

  async function next() {
    const screen = screens[draft.step];
    const missing = SCREENS[screen.name].missing?.(context(screen));
    try {
      if (missing) throw new Missing();
      soFar(state, until(draft.step));
      await go(draft.step + 1);
    } catch (wrong) {
      complain(wrong);
    }
  }

  // What is signed is written once: three key-holders sign the same text.
  async function sign(key, pin) {
    try {
      if (!draft.document) {
        const document = documentOf(state, draft, screens, draft.step, new Date().toISOString());
        draft.document = (await reckoned(state, document)).document;
        draft.signatures = [];
      }
      draft.signatures.push(await tried(store, key, pin, () => signed(draft, key, pin)));
      await keep();
      if (draft.signatures.length < state.constitution.key_holders) return draw();
      const whole = await reckoned(state, JSON.parse(draft.document));
      const envelope = { document: whole.document, hash: whole.hash, signatures: draft.signatures };
      await store.seal(draft, envelope, whole.state);
      return await sealed(envelope);
    } catch (wrong) {
      return complain(wrong);
    }
  }

  // By number, also of who has left and of who joins today.
  function called() {
    for (const [number, { name }] of [...Object.entries(state.members), ...people(state, draft.said)]) names[number] = name;
    return names;
  }

  const context = (screen) => ({ screen, state, draft, said: draft.said, names: called(), screens, tell, keep, before, draw, sign, store, group, practice });

  async function draw() {
    const screen = screens[draft.step];
    const { title, body } = await SCREENS[screen.name].draw(context(screen));
    const last = screen.name === "seal";
    const onward = button(say("next"), next, { kind: "main", image: "here" });
    // A second tap of the same finger is not meant for the next screen.
    onward.disabled = true;
    setTimeout(() => (onward.disabled = false), REST);
    trouble.textContent = "";
    show(
      practice && el("p", { class: "practice" }, say("practice")),
      el("progress", { max: screens.length, value: draft.step + 1, "aria-label": steps() }),
      el("p", { class: "step" }, steps()),
      el("h1", {}, title),
      ...body,
      trouble,
      !last && onward,
      draft.step > 0 && button(say("back"), () => go(draft.step - 1), { kind: "quiet" }),
      aloud(),
    );
  }

  const steps = () => say("step", { step: draft.step + 1, steps: screens.length });
  return draw();
}

class Missing extends Error {}
