// The phone of a group: opens what is kept, shows the beginning or the meeting that is being held, and lets a new
// version of itself in only while no meeting is open. On top of every page stands what is not backed up.
import { keepSending, sendAll } from "../outbox.js";
import { staysHere, Store } from "../store.js";
import { backup, posting } from "./backup.js";
import { newDraft, openMeeting } from "./beginning.js";
import { button, el, picked } from "./elements.js";
import { hold } from "./meeting.js";
import { openPractice, practiceGroup } from "./practice.js";
import { sealedMeeting } from "./sealed.js";
import { setUp } from "./setup.js";
import { choose, LANGUAGES, language, say, speak } from "./words.js";

const page = document.getElementById("page");
const { words, worker, meetings } = page.dataset;
const counter = el("div", { role: "status" });
const [real, practice] = await Promise.all([Store.open(), openPractice(), speak(words)]);
const office = posting(meetings);

export function show(...inside) {
  page.replaceChildren(counter, ...inside.filter(Boolean));
  scrollTo(0, 0);
}

async function count() {
  const { length } = await real.unsent();
  const look = () => backup({ show, store: real, office, send, home: start });
  counter.replaceChildren(...(length ? [button(say("unsent", { count: length }), look, { kind: "unsent", image: "out" })] : []));
}

async function send() {
  await sendAll(real, office.post);
  await count();
}

async function start() {
  const open = (await openMeeting(real)) ?? (await openMeeting(practice));
  if (open) await lead(open.store, open.group, open.draft);
  else await beginning();
  await count();
}

async function beginning() {
  const [groups, [exercised]] = await Promise.all([real.groups(), practice.groups()]);
  const cards = await Promise.all(groups.map((group) => own(group)));
  const last = exercised && (await practice.meetings(exercised.id)).at(-1);
  const practise = async () => {
    await staysHere();
    const known = await practiceGroup(practice);
    await lead(practice, known, await practice.keepDraft(newDraft(known)));
  };
  const chosen = async (value) => {
    if (!value) return;
    await choose(words, value);
    await start();
  };
  const kind = groups.length ? "" : "main";
  show(
    el("h1", {}, say("savings")),
    ...cards,
    el("div", { class: "card" }, el("p", { class: "told" }, say("practise-why")), button(say("practise"), practise, { kind, image: "people" }), last && again(practice, exercised, last)),
    button(say("set-up"), () => setUp({ show, store: real, home: start, done }), { image: "plant" }),
    picked(say("language"), Object.entries(LANGUAGES), language(), chosen),
  );
}

// A group of this phone: its next meeting, its last one, and what the office said of meetings that are not in its books.
async function own(group) {
  const sealed = await real.meetings(group.id);
  const answers = await Promise.all(sealed.map(({ hash }) => real.answer(hash)));
  const begin = async () => {
    await staysHere();
    await lead(real, group, await real.keepDraft(newDraft(group)));
  };
  const troubles = sealed.flatMap(({ seq }, place) => {
    const { standing = "posted", sentence = "" } = answers[place] ?? {};
    return standing === "posted" ? [] : [el("p", { class: "trouble" }, say("not-posted", { seq, why: sentence }))];
  });
  const next = button(say("meet", { seq: group.state.seq + 1 }), begin, { kind: "main", image: "people" });
  return el("div", { class: "card" }, el("h2", {}, group.name), next, ...troubles, again(real, group, sealed.at(-1)));
}

function again(store, group, envelope) {
  const shown = () => sealedMeeting({ show, group, envelope, home: start, practice: store === practice });
  return button(say("last-meeting", { seq: JSON.parse(envelope.document).seq }), shown, { image: "stamp" });
}

async function done(group, envelope) {
  await sealedMeeting({ show, group, envelope, home: start, practice: false });
  await count();
  await send();
}

function lead(store, group, draft) {
  const sealed = async (envelope) => {
    const now = await store.group(group.id);
    if (store === real) await done(now, envelope);
    else await sealedMeeting({ show, group: now, envelope, home: start, practice: true });
  };
  return hold({ show, store, group, draft, sealed, practice: store === practice });
}

// A version that waits is let in where no meeting is open, and the page begins anew with it.
async function renew(known) {
  const let_in = async () => {
    const open = (await openMeeting(real)) ?? (await openMeeting(practice));
    if (known.waiting && !open) known.waiting.postMessage("no-meeting-is-open");
  };
  const had = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => had && location.reload());
  known.addEventListener("updatefound", () => known.installing?.addEventListener("statechange", let_in));
  await let_in();
}

await start();
navigator.serviceWorker?.register(worker).then(renew, () => {});
keepSending(real, office.post, count);
