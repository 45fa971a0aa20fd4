// Brings the person to the list of errors, then from each error to its field.
export default function focusErrors(summary) {
  summary.focus();
  document.title = `Erreur : ${document.title}`;
  summary.addEventListener("click", (event) => {
    const field = event.target.hash && document.querySelector(`[id="${event.target.hash.slice(1)}"]`);
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
