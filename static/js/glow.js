// A word of the trainer's that shows a place: the place glows until it is pressed, or until the word goes.
const LOOK = "Regardez ici";
let watching = false;

export default function glow(word) {
  paint();
  if (watching) return;
  watching = true;
  new MutationObserver(paint).observe(word.parentElement, { childList: true });
  addEventListener("click", pressed, true);
}

const words = () => [...document.querySelectorAll("[data-look]")];

// The place itself first, then what leads to it on a small screen.
const placesOf = (word) => word.dataset.look.split(" | ").map(place).filter(Boolean);

function place(selector) {
  const found = [...document.querySelectorAll(selector)];
  return found.find(isSeen) ?? found[0];
}

const isSeen = (element) => element.getClientRects().length > 0;

function paint() {
  for (const element of document.querySelectorAll("[data-glowing]")) delete element.dataset.glowing;
  for (const word of words()) {
    const places = placesOf(word);
    for (const element of places) element.dataset.glowing = LOOK;
    const show = word.querySelector("[data-show]");
    show.hidden = !places.some(isSeen);
    show.onclick = () => lead(placesOf(word).find(isSeen));
  }
}

function lead(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  element?.focus({ preventScroll: true });
}

function pressed({ target }) {
  for (const word of words()) {
    if (placesOf(word)[0]?.contains(target)) word.querySelector("form").requestSubmit();
  }
}
