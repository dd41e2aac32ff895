// The outbox: sends what waits on the phone, again and again until the server has confirmed the very digest or key.
window.surveySend = (() => {
  const FIRST_WAIT = 2000, LONGEST_WAIT = 60000, SECONDS = 90;
  const store = window.surveyStore;
  let tell = () => {}, place = null, wait = FIRST_WAIT, timer = 0, running = false, again = false;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  async function ask(url, options) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), SECONDS * 1000);
    try { return await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal, ...options }); } finally { clearTimeout(clock); }
  }

  function bodyOf(item) {
    if (item.kind === "answers") { return { body: JSON.stringify(item.payload), headers: { "Content-Type": "application/json" } }; }
    const form = new FormData();
    form.append("file", new Blob([item.buffer]), item.name);
    for (const [name, value] of [["digest", item.digest], ["device_digest", item.deviceDigest], ["question", item.question]]) { form.append(name, value); }
    return { body: form, headers: {} };
  }

  const confirmed = (item, told) => item.kind === "answers" ? told.key === item.payload.key : told.digest === item.digest;

  // Whether to go on with the next one; false where it is better to wait.
  async function send(item, token) {
    const { body, headers } = bodyOf(item);
    const answer = await ask(item.url, { method: "POST", body, headers: { ...headers, "X-CSRFToken": token } });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.ok && told && confirmed(item, told)) {
      await store.drop(item.id);
      if (item.kind === "answers") {
        const draft = await store.draft(item.person, item.assignment);
        if (draft && draft.at === item.at) { await store.dropDraft(item.person, item.assignment); }
      }
      await tell({ delivered: item, at: told.at });
      return true;
    }
    if (told && told.faults && !told.faults.retry) { await refuse(item, told.faults); return true; }
    return false;
  }

  // Answers go back to the draft, to be mended there; a photo waits for the surveyor to say what becomes of it.
  async function refuse(item, faults) {
    if (item.kind === "answers") {
      const draft = await store.draft(item.person, item.assignment);
      if (draft) { await store.keepDraft({ ...draft, faults }); }
      await store.drop(item.id);
    } else {
      await store.change({ ...item, refused: Object.values(faults).join("；") });
    }
    await tell({ refused: item, faults });
  }

  async function round() {
    const items = (await store.outbox(place.person)).filter((item) => !item.refused);
    if (!items.length) { return true; }
    const who = await ask(place.tokenUrl, {});
    if (who.type === "opaqueredirect" || who.status === 403) { await tell({ signedOut: true }); return false; }
    const { person, token } = await who.json();
    if (person !== place.person) { await tell({ signedOut: true }); return false; }
    items.sort((one, other) => (one.kind === "answers") - (other.kind === "answers") || one.id - other.id);
    for (const item of items) {
      if (!await send(item, token)) { return false; }
      await tell({});
    }
    return true;
  }

  async function run() {
    if (running) { again = true; return; }
    running = true;
    clearTimeout(timer);
    try {
      do {
        again = false;
        const done = await locked(round);
        if (done) { wait = FIRST_WAIT; } else { later(); }
      } while (again);
    } catch (unreachable) { later(); }
    running = false;
    await tell({});
  }

  // One page at a time sends; the others look again later.
  const locked = (work) => navigator.locks ? navigator.locks.request("gongdi-survey-send", { ifAvailable: true }, (lock) => lock ? work() : false) : work();

  return {
    start: (where, listener) => {
      place = where; tell = listener;
      window.addEventListener("online", () => { wait = FIRST_WAIT; run(); });
      document.addEventListener("visibilitychange", () => { if (!document.hidden) { wait = FIRST_WAIT; run(); } });
      run();
    },
    now: () => { wait = FIRST_WAIT; run(); },
  };
})();
