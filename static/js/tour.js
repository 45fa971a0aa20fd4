// Puts a ring with « Regardez ici » around what the tour speaks of; the sentence alone says it without JavaScript.
import { announce } from "./announce.js";
import { firstInSight } from "./sight.js";

const EDGE = 70;

export default function tour(bar) {
  const ring = ringOf();
  let target, asked;
  const look = () => {
    asked = undefined;
    const found = firstInSight(bar.querySelector("[data-tour-look]")?.dataset.tourLook);
    if (found !== target) {
      target?.classList.remove("tour-here");
      target = found;
      target?.classList.add("tour-here");
      if (ring.isConnected) ring.remove();
      if (target) lay(ring, bar);
    }
    if (!target) return;
    ring.classList.toggle("low", !target.closest(".phone-dock") && target.getBoundingClientRect().top > innerHeight - 2 * EDGE);
    put(ring, target.getBoundingClientRect());
  };
  const again = () => { asked ??= requestAnimationFrame(look); };
  for (const name of ["scroll", "resize", "toggle", "load", "transitionend"]) addEventListener(name, again, { capture: true, passive: true });
  new MutationObserver((changes) => { if (changes.some((change) => !ring.contains(change.target))) again(); })
    .observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["open", "hidden"] });
  bar.querySelector("[data-tour-again] form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    target?.scrollIntoView({ block: "center" });
    announce(bar.querySelector(".tour-live").innerText);
    again();
  });
  again();
}

function ringOf() {
  const ring = document.createElement("div"), tag = document.createElement("span");
  ring.className = "tour-ring";
  ring.setAttribute("aria-hidden", "true");
  tag.className = "tour-tag";
  tag.textContent = "Regardez ici";
  ring.append(tag);
  return ring;
}

// Above the sheet that « Plus » opens, which lies above everything.
function lay(ring, bar) {
  bar.append(ring);
  if (!("popover" in ring)) return;
  ring.popover = "manual";
  ring.showPopover();
}

function put(ring, { left, top, width, height }) {
  const x = Math.max(left - 6, 2), right = Math.min(left + width + 6, document.documentElement.clientWidth - 2);
  Object.assign(ring.style, { left: `${x}px`, top: `${top - 6}px`, width: `${right - x}px`, height: `${Math.min(height + 12, Math.max(innerHeight - top + 2, 20))}px` });
  const middle = (x + right) / 2;
  ring.classList.toggle("under", top < EDGE * 3);
  ring.classList.toggle("at-left", middle < EDGE);
  ring.classList.toggle("at-right", middle > document.documentElement.clientWidth - EDGE);
}
