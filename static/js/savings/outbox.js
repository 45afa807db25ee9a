// Sends sealed meetings, whole and in order, when there is network. A meeting counts as sent when the house answers
// with its hash: the page of a hotel's network, or half an answer, counts for nothing. One that is refused never
// stands in the way of another; where the house cannot be reached, all stays as it is for the next time.
const LOCK = "omsorg-savings-outbox";

// What the house may say of a meeting it has: posted, waiting for one that comes before it, received and not posted (with
// the rule in the way), or kept apart as a second meeting of one number.
// "lost": three key-holders decided that another meeting stands in its place.
export const STANDINGS = ["posted", "waiting", "not-posted", "fork", "lost"];

// post(envelope) brings the house's answer {hash, standing, ...} as read from JSON, or throws. Gives {sent, left}.
// Where another tab is at it, it is left to it.
export function sendAll(store, post) {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    const unsent = await store.unsent();
    if (!lock) return { sent: 0, left: unsent.length };
    const gone = new Set();
    const unreached = new Set();
    for (const { document, hash, signatures, group } of [...unsent, ...(await store.waiting())]) {
      if (unreached.has(group)) continue;
      const answer = await reached(post, { document, hash, signatures });
      if (answer) {
        await store.answered(answer);
        gone.add(hash);
      } else {
        unreached.add(group);
      }
    }
    const left = unsent.filter(({ hash }) => !gone.has(hash)).length;
    return { sent: unsent.length - left, left };
  });
}

async function reached(post, envelope) {
  try {
    const answer = await post(envelope);
    return answer?.hash === envelope.hash && STANDINGS.includes(answer.standing) ? answer : null;
  } catch {
    return null;
  }
}

// Tries now, when the network comes, when the page is looked at, and every few minutes. Gives a function that stops it.
export function keepSending(store, post, told, { every = 5 * 60 * 1000 } = {}) {
  const stop = new AbortController();
  const tries = async () => told(await sendAll(store, post));
  const timer = setInterval(tries, every);
  stop.signal.addEventListener("abort", () => clearInterval(timer));
  addEventListener("online", tries, { signal: stop.signal });
  document.addEventListener("visibilitychange", () => document.hidden || tries(), { signal: stop.signal });
  tries();
  return () => stop.abort();
}
