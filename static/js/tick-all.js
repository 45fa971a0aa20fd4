// Ticks every box of a list or none, and says how many are ticked; without it, one ticks them one by one.
export default function tickAll(form) {
  const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
  const button = form.querySelector("[data-tick-all]");
  const status = form.querySelector("[data-ticked]");

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    status.textContent = ticked === 0 ? "" : ticked === 1 ? "1 document coché" : `${ticked} documents cochés`;
    button.firstElementChild.textContent = ticked === boxes.length ? "Tout décocher" : "Tout cocher";
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}
