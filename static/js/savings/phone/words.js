// What the phone says, in the language of whoever holds it; amounts as people write them.
import { CURRENCIES } from "../rules/money.js";

export const LANGUAGES = {
  en: "English",
  sw: "Kiswahili",
  fr: "Français",
  es: "Español",
  ar: "العربية",
  da: "Dansk",
  nb: "Norsk",
  sv: "Svenska",
};
const CHOSEN = "omsorg-savings-language";
const AMOUNTS = ["amount", "balance", "expected", "limit", "step"];
let spoken = "en";
let said = { words: {}, rules: {} };

export const language = () => spoken;

// Takes the chosen language, or the first of the phone's own that is known here.
export async function speak(address, chosen = localStorage.getItem(CHOSEN)) {
  const own = navigator.languages.map((each) => each.split("-")[0].replace(/^no$/, "nb"));
  spoken = [chosen, ...own, "en"].find((each) => each && Object.hasOwn(LANGUAGES, each));
  said = await (await fetch(address.replace("/en/", `/${spoken}/`))).json();
  document.documentElement.lang = spoken;
  document.documentElement.dir = spoken === "ar" ? "rtl" : "ltr";
  document.title = say("savings");
}

export async function choose(address, chosen) {
  await speak(address, chosen);
  localStorage.setItem(CHOSEN, chosen);
}

export const say = (word, facts = {}) => filled(said.words[word], facts);

// The sentence of a broken rule; people by their names.
export function refusal({ rule, facts }, currency, names) {
  const told = Object.entries(facts).map(([name, fact]) => {
    if (AMOUNTS.includes(name) && /^-?\d+$/.test(fact)) return [name, money(BigInt(fact), currency)];
    return [name, name === "member" ? (names[fact] ?? fact) : fact];
  });
  return filled(said.rules[rule] ?? said.rules.format, Object.fromEntries(told));
}

// An amount in minor units, with its currency; whole units are written without a fraction.
export function money(amount, currency) {
  const { exponent } = CURRENCIES.get(currency);
  const unit = 10n ** BigInt(exponent);
  const size = amount < 0n ? -amount : amount;
  const rest = size % unit;
  const digits = new Intl.NumberFormat(`${spoken}-u-nu-latn`).format(size / unit);
  const fraction = rest ? `,${String(rest).padStart(exponent, "0")}` : "";
  return `${amount < 0n ? "−" : ""}${digits}${fraction}\u00a0${currency}`;
}

// What was typed in whole units, in minor units as a string of digits; what is no number is left as it was typed, and
// the rules refuse it.
export function typedAmount(typed, currency) {
  const digits = String(typed ?? "").normalize("NFKC").replace(/[\s.,]/g, "");
  if (!/^\d+$/.test(digits)) return digits;
  return String(BigInt(digits) * 10n ** BigInt(CURRENCIES.get(currency).exponent));
}

const filled = (sentence, facts) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => facts[name] ?? "–");
