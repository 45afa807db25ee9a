// After the seal: each member's code, a text message and a file of the meeting.
import { memberCode } from "../sealing.js";
import { button, el } from "./elements.js";
import { keep, keepFounding } from "./files.js";
import { people } from "./steps.js";
import { money, say } from "./words.js";

export async function sealedMeeting({ show, group, envelope, home, practice }) {
  const { hash } = envelope;
  const document = JSON.parse(envelope.document);
  const { currency } = group.state.constitution;
  const codes = people(group.state, {}).map(async ([number, { name }]) => {
    const code = await memberCode(hash, Number(number));
    return el("li", {}, el("span", {}, `${number}. ${name}`), el("code", { dir: "ltr" }, code));
  });
  const counted = document.lines.filter(({ kind, when }) => kind === "counted" && when === "closing");
  const closing = counted.map(({ fund, amount }) => `${say(fund)} ${money(BigInt(amount), currency)}`);
  const first = practice ? [say("practice")] : [];
  const text = [...first, `${group.name} ${document.seq}, ${document.held_on}`, ...closing, hash.slice(0, 16)].join("\n");
  const founding = document.seq === 1 && group.founding;
  show(
    practice && el("p", { class: "practice" }, say("practice")),
    el("h1", {}, say("sealed")),
    el("p", { class: "told" }, say("codes")),
    el("ul", { class: "codes" }, ...(await Promise.all(codes))),
    el("label", { class: "field" }, el("span", {}, say("text")), el("textarea", { readonly: true, rows: 6 }, text)),
    button(say("file"), () => keep(group.name, envelope), { image: "box" }),
    founding && el("p", {}, say("founding-why")),
    founding && button(say("founding-of", { group: group.name }), () => keepFounding(group), { image: "plant" }),
    button(say("home"), home, { kind: "main", image: "here" }),
  );
}
