// Small helps; every page works without them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (button) { event.preventDefault(); window.print(); }
  for (const open of document.querySelectorAll("details.g-more[open], details.g-menu[open]")) {
    if (!open.contains(event.target)) { open.removeAttribute("open"); }
  }
});
// Pages kept on this machine for surveys without a network go with the person; what is not sent yet stays.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-sign-out]") || !("caches" in window)) { return; }
  event.preventDefault();
  caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("gongdi-survey")).map((name) => caches.delete(name))))
    .finally(() => event.target.submit());
});
// Where the net is slow one clicks again: a form on its way is not sent a second time. A file that comes back leaves the
// page standing, so after a while it may be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") { return; }
  if ("sent" in form.dataset) { event.preventDefault(); return; }
  form.dataset.sent = "";
  setTimeout(() => { delete form.dataset.sent; }, 10000);
});
window.addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; } });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { return; }
  for (const open of document.querySelectorAll("details.g-more[open], details.g-menu[open]")) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  }
});
// On a phone a list reads as cards: each cell says its head. Tables with a foot or joined cells stay tables.
function stack(root) {
  for (const table of root.querySelectorAll(".g-table-wrap > table.g-table:not(.g-stack)")) {
    const heads = [...table.querySelectorAll("thead tr")].map((row) => [...row.children]);
    const rows = table.tBodies[0] ? [...table.tBodies[0].rows] : [];
    const plain = (row) => row.cells.length === heads[0].length && [...row.cells].every((cell) => cell.colSpan === 1 && cell.rowSpan === 1);
    if (heads.length !== 1 || table.tFoot || heads[0].length < 4 || !rows.length || !rows.every(plain)) { continue; }
    for (const row of rows) {
      [...row.cells].forEach((cell, at) => {
        const word = heads[0][at].textContent.trim().replace(/\s+/g, " ");
        if (cell.tagName === "TD" && word && !cell.dataset.label) { cell.dataset.label = word; }
      });
    }
    table.classList.add("g-stack");
  }
}
stack(document);
document.addEventListener("htmx:afterSwap", (event) => stack(event.target));

// A list that is folded on the screen is whole on paper.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details[data-print-open]:not([open])")) {
    fold.open = true;
    window.addEventListener("afterprint", () => { fold.open = false; }, { once: true });
  }
});
