// <button hidden data-behaviour="copy" data-copy="text">: appears where the clipboard can be written.
import { announce } from "./announce.js";

export default function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = "Copié";
    announce("Copié");
    document.querySelector('main [autocomplete="one-time-code"]')?.focus(); // where it goes
    setTimeout(() => { label.textContent = words; }, 3000);
  });
}
