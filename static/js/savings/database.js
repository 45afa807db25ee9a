// IndexedDB with promises: open with a list of upgrades, ask, and do several things as one. What is written is on the
// disk when the promise is kept (durability strict); where one part fails nothing of it is written.

// This program is older than what is kept here: the page must be loaded anew before anything is written.
export class Outdated extends Error {}

// The database as `upgrades` leave it, one function(database, transaction) a version. Another tab with a later program
// is never held up: this connection closes, and its next question is answered with Outdated.
export function open(name, upgrades) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(name, upgrades.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const upgrade of upgrades.slice(oldVersion)) upgrade(request.result, request.transaction);
    };
    request.onerror = () => failed(request.error.name === "VersionError" ? new Outdated() : request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
  });
}

// What a request brings.
export function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// does(store, ...) as one: all of it is kept, or nothing. It may wait for what it asks here and for nothing else.
export function together(database, names, mode, does) {
  return new Promise((done, failed) => {
    let transaction;
    try {
      transaction = database.transaction(names, mode, { durability: "strict" });
    } catch (wrong) {
      failed(wrong.name === "InvalidStateError" ? new Outdated() : wrong);
      return;
    }
    let brought, refused;
    transaction.oncomplete = () => done(brought);
    transaction.onabort = () => failed(refused ?? transaction.error);
    does(...names.map((name) => transaction.objectStore(name))).then(
      (value) => (brought = value),
      (wrong) => {
        refused = transaction.error ?? wrong;
        try {
          transaction.abort();
        } catch {} // it is undone already
      },
    );
  });
}
