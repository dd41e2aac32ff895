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
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { return; }
  for (const open of document.querySelectorAll("details.g-more[open], details.g-menu[open]")) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  }
});
