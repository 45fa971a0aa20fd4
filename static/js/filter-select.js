// Sends a GET form as soon as a choice is made by pointer; with the keyboard one walks through the choices and keeps the button.
export default function filterSelect(form) {
  let pointed = false;
  form.addEventListener("pointerdown", () => { pointed = true; });
  form.addEventListener("keydown", () => { pointed = false; });
  form.addEventListener("change", () => { if (pointed) form.requestSubmit(); });
}
