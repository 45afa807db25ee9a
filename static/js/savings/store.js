// What the phone keeps: groups and where they stand, the meeting that is being held, sealed meetings, and what the
// house answered. A sealed meeting is written once and never again; not sent is what has no answer yet. Nothing here
// deletes but a draft, and that only in the same stroke in which its sealed meeting is written.
import { asked, open, together } from "./database.js";
import { fingerprint } from "./rules/canonical.js";
import { checked } from "./sealing.js";

export const NAME = "omsorg-savings";

// One function a version, added at the end; what phones keep already is never asked to be something else.
export const UPGRADES = [
  (database) => {
    database.createObjectStore("groups", { keyPath: "id" });
    database.createObjectStore("drafts", { keyPath: "group" });
    database.createObjectStore("meetings", { keyPath: ["group", "seq", "hash"] });
    database.createObjectStore("answers", { keyPath: "hash" });
    database.createObjectStore("keys", { keyPath: "id" });
  },
  (database) => void database.createObjectStore("tries", { keyPath: "key" }),
];

// Why something is not kept: "draft-elsewhere" (typed in another tab), "no-draft" (sealed already), "head" (the group
// stands elsewhere by now), "hash" (not of this document), "group" (not on this phone), "exists".
export class NotKept extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const ofGroup = (group) => IDBKeyRange.bound([group], [group, []]);

export class Store {
  constructor(database) {
    this.database = database;
  }

  static async open(upgrades = UPGRADES, name = NAME) {
    return new Store(await open(name, upgrades));
  }

  // Closes at once; what was asked for before is still done.
  close() {
    this.database.close();
  }

  // A group comes onto this phone: {id, name, state: as State writes it}.
  addGroup(group) {
    return this.#write(["groups"], async (groups) => {
      if (await asked(groups.get(group.id))) throw new NotKept("exists");
      groups.add(group);
    });
  }

  group(id) {
    return this.#read(["groups"], (groups) => asked(groups.get(id)));
  }

  groups() {
    return this.#read(["groups"], (groups) => asked(groups.getAll()));
  }

  // The meeting being held, as typed: {group, revision, step, ...}. Undefined where none is.
  draft(group) {
    return this.#read(["drafts"], (drafts) => asked(drafts.get(group)));
  }

  // Keeps the draft as it is typed and gives it with its next revision. Refuses where another tab was quicker.
  keepDraft(draft) {
    return this.#write(["drafts"], async (drafts) => {
      await atRevision(drafts, draft, draft.revision);
      const kept = { ...draft, revision: draft.revision + 1 };
      drafts.put(kept);
      return kept;
    });
  }

  // The draft at this revision becomes a sealed meeting, and the group stands where the meeting leaves it: all in one
  // stroke. {document, hash, signatures} is the envelope; `state` is the group's next, as State writes it. Before
  // anything is written the signatures are looked at: throws NotSealed, or Broken where the text is not canonical.
  async seal(draft, envelope, state) {
    const { prev, ...place } = await placed(envelope);
    const follows = (group) => {
      if (!group || place.group !== draft.group) throw new NotKept("group");
      if (group.state.head !== prev || state.head !== envelope.hash) throw new NotKept("head");
      return group.state;
    };
    const [known, kept] = await Promise.all([this.group(draft.group), this.draft(draft.group)]);
    if (known && !kept) throw new NotKept("no-draft");
    await checked(envelope, choosers(follows(known), state), await this.keysOf(draft.group));
    return this.#write(["groups", "drafts", "meetings"], async (groups, drafts, meetings) => {
      const group = await asked(groups.get(draft.group));
      if (!(await asked(drafts.get(draft.group)))) throw new NotKept("no-draft");
      follows(group);
      await atRevision(drafts, draft, draft.revision);
      meetings.add({ ...envelope, ...place });
      groups.put({ ...group, state });
      drafts.delete(draft.group);
    });
  }

  // A group that was set up here: the group as its first meeting leaves it, that meeting, its three keys, and the end of
  // what was typed, in one stroke. Throws what seal throws.
  async found(draft, { group, keys, envelope }) {
    const { prev: _none, ...place } = await placed(envelope);
    if (place.group !== group.id || group.state.head !== envelope.hash) throw new NotKept("head");
    await checked(envelope, group.state, keys);
    return this.#write(["groups", "drafts", "meetings", "keys"], async (groups, drafts, meetings, kept) => {
      if (!(await asked(drafts.get(draft.group)))) throw new NotKept("no-draft");
      await atRevision(drafts, draft, draft.revision);
      groups.add(group);
      meetings.add({ ...envelope, ...place });
      for (const key of keys) kept.add(key);
      drafts.delete(draft.group);
    });
  }

  // A meeting sealed on another phone is carried along. Twice the same is once; two of one number are both kept.
  async carry(envelope) {
    const { group, seq } = await placed(envelope);
    return this.#write(["meetings"], async (meetings) => {
      const key = [group, seq, envelope.hash];
      if (!(await asked(meetings.getKey(key)))) meetings.add({ ...envelope, group, seq });
    });
  }

  // All sealed meetings of a group, in their order.
  meetings(group) {
    return this.#read(["meetings"], (meetings) => asked(meetings.getAll(ofGroup(group))));
  }

  // What is not backed up, in order: group by group, meeting by meeting.
  unsent() {
    return this.#read(["meetings", "answers"], async (meetings, answers) => {
      const [all, answered] = await Promise.all([asked(meetings.getAll()), asked(answers.getAllKeys())]);
      const known = new Set(answered);
      return all.filter(({ hash }) => !known.has(hash));
    });
  }

  // What the house keeps until one that comes before it arrives: it is asked about them again.
  waiting() {
    return this.#read(["meetings", "answers"], async (meetings, answers) => {
      const [all, answered] = await Promise.all([asked(meetings.getAll()), asked(answers.getAll())]);
      const waits = new Set(answered.filter(({ standing }) => standing === "waiting").map(({ hash }) => hash));
      return all.filter(({ hash }) => waits.has(hash));
    });
  }

  // The house has this meeting; what it said of it: {hash, standing, ...}.
  answered(answer) {
    return this.#write(["answers"], async (answers) => void answers.put(answer));
  }

  answer(hash) {
    return this.#read(["answers"], (answers) => asked(answers.get(hash)));
  }

  // A member's key, its private half wrapped with the PIN (keys.js).
  keepKey(key) {
    return this.#write(["keys"], async (keys) => void keys.put(key));
  }

  keysOf(group) {
    return this.#read(["keys"], async (keys) => (await asked(keys.getAll())).filter((key) => key.group === group));
  }

  // Counts one more try of this key's PIN and gives 0, or, uncounted, what left({wrong, since}, now) says is to be waited.
  countTry(key, now, left) {
    return this.#write(["tries"], async (tries) => {
      const { wrong, since } = (await asked(tries.get(key))) ?? { wrong: 0, since: now };
      const known = { key, wrong, since: Math.min(since, now) };
      const wait = left(known, now);
      tries.put(wait ? known : { key, wrong: wrong + 1, since: now });
      return wait;
    });
  }

  // The PIN was right: its wrong tries count no more.
  forgetTries(key) {
    return this.#write(["tries"], async (tries) => void tries.put({ key, wrong: 0, since: 0 }));
  }

  // Everything of a group that may leave the phone, ready for a file: no private key.
  async exported(id) {
    return this.#read(["groups", "drafts", "meetings"], async (groups, drafts, meetings) => {
      const [group, draft, sealed] = await Promise.all([
        asked(groups.get(id)),
        asked(drafts.get(id)),
        asked(meetings.getAll(ofGroup(id))),
      ]);
      const envelopes = sealed.map(({ document, hash, signatures }) => ({ document, hash, signatures }));
      return { format: 1, group, draft: draft ?? {}, meetings: envelopes };
    });
  }

  #read(names, does) {
    return together(this.database, names, "readonly", does);
  }

  #write(names, does) {
    return together(this.database, names, "readwrite", does);
  }
}

// Asks the browser not to clear this away when the disk is full. True where it promises.
export async function staysHere() {
  return (await navigator.storage?.persist?.()) ?? false;
}

async function placed(envelope) {
  if ((await fingerprint(envelope.document)) !== envelope.hash) throw new NotKept("hash");
  const { group, seq, prev } = JSON.parse(envelope.document);
  return { group, seq, prev };
}

// In whose state the signers hold their keys: before the meeting, or after it where they are chosen in it.
function choosers(before, after) {
  return (before.roles.key_holder ?? []).length < before.constitution.key_holders ? after : before;
}

async function atRevision(drafts, draft, revision) {
  const kept = await asked(drafts.get(draft.group));
  if ((kept?.revision ?? 0) !== revision) throw new NotKept("draft-elsewhere");
}
