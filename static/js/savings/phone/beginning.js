// Where a meeting begins, and which one is open.
import { newId } from "../sealing.js";
import { today } from "./practice.js";

// The meeting that is being held: {store, group, draft}. Null where none is.
export async function openMeeting(store) {
  for (const group of await store.groups()) {
    const draft = await store.draft(group.id);
    if (draft) return { store, group, draft };
  }
  return null;
}

export function newDraft(group) {
  const now = new Date();
  const { held_on: last, pen } = group.state;
  const day = today(now);
  return {
    group: group.id,
    revision: 0,
    step: 0,
    id: newId(),
    device: group.device ?? crypto.randomUUID(),
    pen,
    began: now.toISOString(),
    held_on: day < last ? last : day,
    ms: 0,
    said: {},
  };
}
