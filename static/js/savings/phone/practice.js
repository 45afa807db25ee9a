// An example group to practise with, kept in a place of its own: it is never sent and never mixed with a real group.
import { makeKey } from "../keys.js";
import { newId, reckoned, written } from "../sealing.js";
import { State } from "../rules/state.js";
import { Store, UPGRADES } from "../store.js";

// Everybody knows it: nothing is to be guarded, and a cheap phone need not wait.
export const PIN = "1234";
const ROUNDS = 1000;
const NAMES = ["Neema", "Juma", "Amina", "Baraka", "Zawadi", "Salma", "Rehema"];
const ROLES = ["chair", "secretary", "box_keeper", "money_counter", "key_holder", "key_holder", "key_holder"];
const LAW = { fines: { late: "50000", absent: "100000" } };

export const openPractice = () => Store.open(UPGRADES, "omsorg-savings-practice");

// The example group, founded when it is first asked for: seven members who have met once and saved.
export async function practiceGroup(store) {
  const [known] = await store.groups();
  if (known) return known;
  const id = crypto.randomUUID();
  const holders = NAMES.map((_name, place) => place + 1).filter((member) => ROLES[member - 1] === "key_holder");
  const keys = await Promise.all(holders.map((member) => makeKey({ id: newId(), group: id, member }, PIN, ROUNDS)));
  for (const key of keys) await store.keepKey(key);
  const founded = State.founded(id, LAW).toJSON();
  const now = new Date();
  const moment = now.toISOString();
  const first = written(founded, {
    id: newId(),
    held_on: today(now),
    device: crypto.randomUUID(),
    pen: 1,
    clock: { began: moment, sealed: moment, monotonic_ms: 0 },
    lines: firstMeeting(),
  });
  const { state } = await reckoned(founded, first);
  await store.addGroup({ id, name: "Umoja", state });
  return store.group(id);
}

function firstMeeting() {
  const members = NAMES.map((name, place) => ({ member: place + 1, name }));
  const count = (fund, when, amount) => ({ kind: "counted", fund, when, amount });
  const roles = ROLES.flatMap((role, place) => [{ kind: "role_change", member: place + 1, role, holds: true }, vote()]);
  const lines = [
    ...members.map((each) => ({ kind: "member_in", ...each })),
    ...roles,
    count("social", "opening", "0"),
    ...members.map(({ member }) => ({ kind: "social_in", member, amount: "50000" })),
    count("loan", "opening", "0"),
    ...members.map(({ member }) => ({ kind: "share_buy", member, shares: 5 })),
    { kind: "loan_request", member: 2, amount: "2000000", term: 2, for: "…" },
    vote(),
    { kind: "loan_out", member: 2, loan: 1, amount: "2000000", term: 2 },
    count("project", "opening", "0"),
    ...members.map(({ member }) => ({ kind: "project_in", member, amount: "50000" })),
    count("social", "closing", "350000"),
    count("loan", "closing", "4650000"),
    count("project", "closing", "350000"),
  ];
  return lines.map((line, place) => (line.kind === "vote" ? { ...line, about: place } : line));
}

const vote = () => ({ kind: "vote", yes: NAMES.length, no: 0, abstain: 0 });

// The day by this phone's own clock, as a document writes it.
export function today(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
