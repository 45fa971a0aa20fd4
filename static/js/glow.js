// A word of the trainer's that shows a place: the place glows until it is pressed, or until the word goes.
import { firstInSight } from "./sight.js";

const LOOK = "Regardez ici";
let watching = false;

export default function glow(word) {
  paint();
  if (watching) return;
  watching = true;
  new MutationObserver(paint).observe(word.parentElement, { childList: true });
  addEventListener("click", pressed, true);
  for (const name of ["resize", "toggle", "transitionend"]) addEventListener(name, paint, { capture: true, passive: true });
}

const words = () => [...document.querySelectorAll("[data-look]")];

// The place itself, else what leads to it: « Plus » on a small screen.
const placeOf = ({ dataset }) => firstInSight(dataset.look) ?? firstInSight(dataset.way);

function paint() {
  const shown = new Map(words().map((word) => [word, placeOf(word)])), places = new Set(shown.values());
  for (const element of document.querySelectorAll("[data-glowing]")) if (!places.has(element)) delete element.dataset.glowing;
  for (const [word, element] of shown) {
    if (element) element.dataset.glowing = LOOK;
    const show = word.querySelector("[data-show]");
    show.hidden = !element;
    show.onclick = () => lead(placeOf(word));
  }
}

function lead(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  element?.focus({ preventScroll: true });
}

function pressed({ target }) {
  for (const word of words()) {
    if (firstInSight(word.dataset.look)?.contains(target)) word.querySelector("form").requestSubmit();
  }
}
