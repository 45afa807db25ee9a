// What is only on this phone: each meeting as a file, and one more try to send it.
import { button, el } from "./elements.js";
import { keep, keepFounding } from "./files.js";
import { language, say } from "./words.js";

// Hands meetings to the office: {post, said()}, what it said last of one that it does not take.
export function posting(address) {
  let last = "";
  async function post(envelope) {
    const headers = { "Content-Type": "application/json", "Accept-Language": language() };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(envelope) });
    const told = await answer.json();
    last = told.standing === "not-kept" ? (told.sentence ?? "") : "";
    return told;
  }
  return { post, said: () => last };
}

export async function backup({ show, store, office, send, home }) {
  const [unsent, groups] = await Promise.all([store.unsent(), store.groups()]);
  const named = Object.fromEntries(groups.map((group) => [group.id, group]));
  const files = unsent.map((envelope) => {
    const { name } = named[envelope.group] ?? { name: "" };
    return button(say("file-of", { group: name, seq: envelope.seq }), () => keep(name, envelope), { image: "box" });
  });
  const founded = groups.filter(({ id }) => unsent.some(({ group, seq }) => group === id && seq === 1));
  const again = async () => {
    await send();
    await backup({ show, store, office, send, home });
  };
  show(
    el("h1", {}, say("unsent", { count: unsent.length })),
    el("p", { class: "told" }, say("unsent-why")),
    office.said() && el("p", { class: "trouble", role: "alert" }, office.said()),
    ...founded.map((group) => button(say("founding-of", { group: group.name }), () => keepFounding(group), { image: "plant" })),
    ...files,
    button(say("send"), again, { image: "out" }),
    button(say("home"), home, { kind: "main", image: "here" }),
  );
}
