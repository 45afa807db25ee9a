// What a screen is made of: big things to press, each with a picture of our own beside its word.
import { language, say } from "./words.js";

const DRAWN = {
  here: "M4 13l5 5L20 6",
  late: "M12 3a9 9 0 1 0 .01 0M12 7v5l4 2",
  gone: "M6 6l12 12M18 6L6 18",
  box: "M3 11h18v9H3zM6 11V6h12v5M12 14v3",
  people: "M8 11a3 3 0 1 0-.01 0M2 20c0-4 3-6 6-6s6 2 6 6M17 11a3 3 0 1 0-.01 0M16 14c4 0 6 2 6 6",
  coins: "M9 9a6 3 0 1 0 .01 0M3 9v8c0 4 12 4 12 0V9M3 13c0 4 12 4 12 0M18 7v10",
  hand: "M8 12V5M12 11V3M16 12V5M8 12l-3-2c-2 1 2 11 7 11 4 0 6-3 6-7V8",
  stamp: "M4 4h16v16H4zM8 12l3 3 5-6",
  plant: "M12 21V10M12 12C5 12 4 7 4 4c6 0 8 3 8 8M12 14c6 0 8-3 8-7-5 0-8 2-8 7",
  back: "M4 12h12M10 6l-6 6 6 6M20 5v14",
  out: "M20 12H8M14 6l6 6-6 6M4 5v14",
  key: "M8 15a4 4 0 1 0-.01 0M11 10l9-6M16 7l2 3",
  speaker: "M4 9v6h4l5 4V5L8 9zM16 8c2 2 2 6 0 8",
  day: "M4 6h16v14H4zM4 11h16M8 3v5M16 3v5",
};

// An element; what begins with "on" is done when it happens, false and undefined are left out.
export function el(name, given = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.filter((each) => each !== undefined && each !== null && each !== false));
  return made;
}

export function picture(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  line.setAttribute("d", DRAWN[name]);
  drawn.append(line);
  return drawn;
}

// Pressed twice it does its thing once: while it is at it nothing more is taken.
export function button(word, does, { kind = "", image } = {}) {
  let busy = false;
  const pressed = async () => {
    if (busy) return;
    busy = true;
    try {
      await does();
    } finally {
      busy = false;
    }
  };
  return el("button", { type: "button", class: kind, onclick: pressed }, image && picture(image), el("span", {}, word));
}

// One of a few, as buttons side by side. `chosen` is what was said before, undefined where nothing was.
export function choice(name, label, options, chosen, told) {
  const each = options.map(([value, word, image]) =>
    el(
      "label",
      { class: "option" },
      el("input", { type: "radio", name, value: String(value), checked: value === chosen, onchange: () => told(value) }),
      image && picture(image),
      el("span", {}, word),
    ),
  );
  return el("fieldset", {}, el("legend", {}, label), el("div", { class: "options" }, ...each));
}

// A number with one less and one more beside it.
export function stepper(label, value, told) {
  const shown = el("output", {}, String(value));
  const by = (much) => () => {
    value = Math.max(0, value + much);
    shown.textContent = String(value);
    told(value);
  };
  const press = (sign, word, much) =>
    el("button", { type: "button", "aria-label": `${label}: ${say(word)}`, onclick: by(much) }, sign);
  return el("div", { class: "stepper" }, el("span", {}, label), press("−", "fewer", -1), shown, press("+", "more", 1));
}

// What is typed, kept at each key; beside a number it is shown as people read it.
export function field(label, value, told, { kind = "number", shows } = {}) {
  const read = el("output", {}, shows ? shows(value ?? "") : "");
  const typed = ({ target }) => {
    read.textContent = shows ? shows(target.value) : "";
    told(target.value);
  };
  const ways = { number: { inputmode: "numeric", autocomplete: "off" }, text: { autocomplete: "off" }, day: { type: "date" } };
  const pin = { type: "password", inputmode: "numeric", autocomplete: "off" };
  const input = el("input", { ...(kind === "pin" ? pin : ways[kind]), value: value ?? "", oninput: typed });
  return el("label", { class: "field" }, el("span", {}, label), input, shows && read);
}

export function picked(label, options, value, told) {
  const each = options.map(([key, word]) => el("option", { value: key, selected: String(key) === String(value) }, word));
  const list = el("select", { onchange: ({ target }) => told(target.value) }, el("option", { value: "" }, "…"), ...each);
  return el("label", { class: "field" }, el("span", {}, label), list);
}

// Reads the heading and the first words of the page aloud, where the phone has a voice of its own for the language:
// what is said under the tree goes to no company's computers.
export function aloud() {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const voice = voices.find((each) => each.localService && each.lang.startsWith(language()));
  if (!voice) return null;
  const read = () => {
    const words = [...document.querySelectorAll("#page h1, #page .told")].map((each) => each.textContent).join(". ");
    const speech = Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang });
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  };
  return button(say("listen"), read, { kind: "quiet", image: "speaker" });
}
