// The trainer stops the room: a veil comes over the page, which stays under it with what is typed; it goes when the room goes on.
export default function veil(source) {
  const dialog = source.nextElementSibling;
  const put = () => {
    if (!source.childElementCount) return dialog.close(); // the focus goes back where it was
    dialog.innerHTML = source.innerHTML;
    if (!dialog.open) dialog.showModal();
  };
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") event.preventDefault(); });
  dialog.addEventListener("close", () => { if (source.childElementCount) put(); }); // a browser lets Escape through the second time
  new MutationObserver(put).observe(source, { childList: true });
  if (source.childElementCount) put();
}
