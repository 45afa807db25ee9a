// What leaves the phone as a file: a sealed meeting, and what the office needs to know of a group. No private key.
import { el } from "./elements.js";

export const keep = (name, { document: text, hash, signatures }) =>
  saved(`${name}-${JSON.parse(text).seq}.json`, { document: text, hash, signatures });

export const keepFounding = ({ id, name, founding }) => saved(`${name}.json`, { format: 1, group: id, name, ...founding });

function saved(name, what) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(what)], { type: "application/json" }));
  el("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
