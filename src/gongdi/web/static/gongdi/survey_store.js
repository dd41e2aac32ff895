// What a surveyor typed and photographed, kept on the phone until the server has confirmed it: drafts as they are typed,
// and the outbox of what is to be sent.
window.surveyStore = (() => {
  let opened = null;
  const open = () => {
    opened = opened || new Promise((resolve, reject) => {
      const request = indexedDB.open("gongdi-survey", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "id" });
        request.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  };
  const run = async (store, mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      // Only a finished transaction is on the disk.
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };
  const draftId = (person, assignment) => `${person}:${assignment}`;
  return {
    draft: (person, assignment) => run("drafts", "readonly", (store) => store.get(draftId(person, assignment))),
    drafts: async (person) => (await run("drafts", "readonly", (store) => store.getAll())).filter((each) => each.person === person),
    keepDraft: (draft) => run("drafts", "readwrite", (store) => store.put({ ...draft, id: draftId(draft.person, draft.assignment) })),
    dropDraft: (person, assignment) => run("drafts", "readwrite", (store) => store.delete(draftId(person, assignment))),
    queue: (item) => run("outbox", "readwrite", (store) => store.add(item)),
    change: (item) => run("outbox", "readwrite", (store) => store.put(item)),
    drop: (id) => run("outbox", "readwrite", (store) => store.delete(id)),
    outbox: async (person) => (await run("outbox", "readonly", (store) => store.getAll())).filter((each) => each.person === person),
  };
})();
