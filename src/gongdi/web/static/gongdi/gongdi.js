// Small helps; every page works without them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (button) { event.preventDefault(); window.print(); }
  for (const open of document.querySelectorAll("details.g-more[open], details.g-menu[open]")) {
    if (!open.contains(event.target)) { open.removeAttribute("open"); }
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { return; }
  for (const open of document.querySelectorAll("details.g-more[open], details.g-menu[open]")) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  }
});
