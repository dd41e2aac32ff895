// The survey on a phone with bad reception: what is typed is kept at once, what is sent is forgotten only once confirmed.
// Without this script, or where the browser cannot do it, the form is a plain one.
(() => {
  const box = document.querySelector("[data-survey]");
  if (!box || !window.isSecureContext || !window.indexedDB || !navigator.serviceWorker || !window.crypto.subtle) { return; }
  const store = window.surveyStore, sender = window.surveySend, CACHE = "gongdi-survey-1";
  const person = Number(box.dataset.survey), assignment = Number(box.dataset.assignment) || 0;
  const form = document.getElementById("fill"), state = box.querySelector("[data-state]"), first = state.textContent;
  const touched = new Set();
  let deliveredAt = "", signedOut = false;

  // The words of the state, and what stands behind them.
  async function show() {
    const [items, drafts] = [await store.outbox(person), await store.drafts(person)];
    const mine = assignment ? items.filter((item) => item.assignment === assignment) : items;
    const photos = mine.filter((item) => item.kind === "photo" && !item.refused).length;
    const sets = mine.filter((item) => item.kind === "answers").length;
    const refused = mine.filter((item) => item.refused);
    const draft = assignment ? drafts.some((each) => each.assignment === assignment) : drafts.length > 0;
    const parts = [photos ? `${photos} 张照片` : "", sets ? `${sets} 份填报` : ""].filter(Boolean);
    let words = first;
    if (parts.length) {
      words = `已保存在本机，待上传 ${parts.join("、")}`;
      if (signedOut) { words += "。登录已过期，请重新登录后继续上传"; } else if (!navigator.onLine) { words += "。没有网络，恢复后自动上传"; }
    } else if (draft) { words = assignment ? "已保存在本机，还没有提交" : `已保存在本机，${drafts.length} 份还没有提交`; } else if (deliveredAt) { words = `已全部送达 ${deliveredAt}`; } else if (!assignment) { words = "本机没有待上传的内容"; }
    if (refused.length) { words += `。${refused.length} 张照片没有收下：${refused[0].refused}`; }
    state.textContent = words;
    box.hidden = false;
    if (form) { showPhotos(mine.filter((item) => item.kind === "photo")); }
  }

  function showPhotos(items) {
    for (const old of form.querySelectorAll("[data-waiting]")) { old.remove(); }
    for (const item of items) {
      const list = form.querySelector(`[data-question="${CSS.escape(item.question)}"] [data-photos]`);
      if (!list) { continue; }
      const entry = document.createElement("li");
      entry.dataset.waiting = item.digest;
      const picture = Object.assign(document.createElement("img"), { src: item.preview, alt: "待上传的照片", width: 96, height: 96 });
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm g-quiet", textContent: item.refused ? "没有收下，删除" : "待上传，删除" });
      drop.addEventListener("click", async () => { await store.drop(item.id); await show(); });
      entry.append(...(item.preview ? [picture] : []), drop);
      list.append(entry);
      list.closest("details").open = true;
    }
  }

  // Fields.
  const questionOf = (field) => field.closest("[data-question]")?.dataset.question;
  const texts = (question) => {
    const found = { value: "", quantity: "", note: "" };
    for (const field of form.querySelector(`[data-question="${CSS.escape(question)}"]`).querySelectorAll("input, select")) {
      const name = field.name.split("~")[1];
      if (!(name in found) || (field.type === "radio" && !field.checked)) { continue; }
      found[name] = field.value;
    }
    return found;
  };
  const put = (question, told) => {
    const place = form.querySelector(`[data-question="${CSS.escape(question)}"]`);
    for (const field of place ? place.querySelectorAll("input, select") : []) {
      const name = field.name.split("~")[1];
      if (!(name in told)) { continue; }
      if (field.type === "radio") { field.checked = field.value === told[name]; } else { field.value = told[name]; }
    }
    if (place && told.note) { place.querySelector("details").open = true; }
  };
  const keep = async () => {
    const answers = Object.fromEntries([...touched].map((question) => [question, texts(question)]));
    const at = `${Date.now()}-${Math.random()}`;
    await store.keepDraft({ person, assignment, name: box.dataset.name, answers, at });
    return { answers, at };
  };
  function showFaults(faults) {
    for (const old of form.querySelectorAll("[data-fault]")) { old.remove(); }
    for (const [question, why] of Object.entries(faults || {})) {
      const place = question ? form.querySelector(`[data-question="${CSS.escape(question)}"]`) : form.querySelector(".s-bar");
      const line = Object.assign(document.createElement("p"), { className: "g-error", textContent: why });
      line.dataset.fault = "";
      place?.append(line);
    }
    form.querySelector("[data-fault]")?.scrollIntoView({ block: "center" });
  }

  async function submit(event) {
    event.preventDefault();
    const { answers, at } = await keep();
    const payload = { key: crypto.randomUUID(), base: form.elements.base.value, final: event.submitter?.value === "1", channel: "offline", answers };
    const queued = (await store.outbox(person)).filter((item) => item.kind === "answers" && item.assignment === assignment);
    await store.queue({ person, assignment, kind: "answers", url: box.dataset.answersUrl, payload, at });
    // An older set that has not gone yet is within the newer one, unless it asked for review and this one does not.
    for (const item of queued) { if (payload.final || !item.payload.final) { await store.drop(item.id); } }
    showFaults({});
    await show();
    sender.now();
  }

  // A thumb that slipped on a choice takes it back: what nobody has looked at stays empty.
  function offerToTakeBack(choices) {
    const radios = [...choices.querySelectorAll("input[type=radio]")];
    const back = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm g-quiet", textContent: "取消选择" });
    back.dataset.takeBack = "";
    const fit = () => { back.hidden = !radios.some((radio) => radio.checked); };
    back.addEventListener("click", () => {
      for (const radio of radios) { radio.checked = false; }
      radios[0].dispatchEvent(new Event("input", { bubbles: true }));
      radios[0].focus();
    });
    choices.addEventListener("input", fit);
    choices.append(back);
    fit();
  }

  async function addPhotos(field) {
    const question = questionOf(field), files = [...field.files];
    field.value = "";
    showFaults({});
    for (const file of files) {
      const photo = await window.surveyPhoto.prepare(file);
      if (!photo) { showFaults({ [question]: `“${file.name}”不是照片，没有收下。请选择 JPEG、PNG 或 WebP 照片。` }); continue; }
      const waiting = (await store.outbox(person)).some((item) => item.kind === "photo" && item.assignment === assignment && item.question === question && item.digest === photo.digest);
      if (!waiting) { await store.queue({ person, assignment, kind: "photo", url: box.dataset.photosUrl, question, ...photo }); }
      await show();
    }
    sender.now();
  }

  async function told(news) {
    if (news.signedOut !== undefined) { signedOut = news.signedOut; }
    if (news.delivered) {
      deliveredAt = news.at; signedOut = false;
      if (form && news.delivered.assignment === assignment) { await keepPages([location.pathname]); }
    }
    if (news.refused && form && news.refused.assignment === assignment && news.refused.kind === "answers") { showFaults(news.faults); }
    await show();
  }

  // The pages for later, and all that they are made of.
  async function keepPages(paths) {
    const cache = await caches.open(CACHE);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
    for (const address of [...parts, ...paths]) {
      if (parts.includes(address) && await cache.match(address)) { continue; }
      try {
        const answer = await fetch(address, { credentials: "same-origin", cache: paths.includes(address) ? "no-store" : "default" });
        if (answer.ok && !answer.redirected) { await cache.put(new URL(address, location.href).href, answer); }
      } catch (unreachable) { return; }
    }
  }

  async function begin() {
    if (form) {
      const draft = await store.draft(person, assignment);
      for (const [question, told] of Object.entries(draft?.answers || {})) { touched.add(question); put(question, told); }
      if (draft?.faults) { showFaults(draft.faults); }
      for (const choices of form.querySelectorAll(".s-choices")) { offerToTakeBack(choices); }
      form.addEventListener("input", (event) => {
        const question = questionOf(event.target);
        if (!question || event.target.type === "file") { return; }
        touched.add(question);
        keep().then(show);
      });
      form.addEventListener("change", (event) => { if (event.target.type === "file") { addPhotos(event.target); } });
      form.addEventListener("submit", submit);
    }
    box.querySelector("[data-send-now]")?.addEventListener("click", () => sender.now());
    box.querySelector("[data-clear]")?.addEventListener("click", async () => { await caches.delete(CACHE); state.textContent = "已清除本机保存的页面；没有上传的填报和照片还在本机"; });
    await show();
    box.dataset.ready = "";
    sender.start({ person, tokenUrl: box.dataset.tokenUrl }, told);
    await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope });
    const others = [...document.querySelectorAll("a[data-keep]")].slice(0, 30).map((link) => new URL(link.href).pathname);
    await keepPages([location.pathname, ...(box.dataset.mine ? [box.dataset.mine] : []), ...others]);
    box.dataset.kept = "";
  }
  begin();
})();
