// The simulated phone beside the page: a dock on a wide screen, a drawer on a small one, filled only while it is open.
import { announce } from "./announce.js";
import { refresh } from "./fragments.js";
import { goAboutIn, show } from "./phone-pages.js";

const root = document.documentElement;
const wide = matchMedia("(min-width: 75rem)");
const READ_AFTER = 1000;

export default function phone(aside) {
  const body = aside.querySelector(".phone-body");
  const home = aside.querySelector(".phone-handle a").href;
  const button = buttonFrom(aside.querySelector(".phone-handle a"), body);
  const isOpen = () => root.dataset.phone === "open";
  const put = (open) => {
    root.dataset.phone = open ? "open" : "folded";
    button.setAttribute("aria-expanded", open);
    button.lastChild.textContent = open ? "Fermer" : "Ouvrir";
    aside.removeAttribute("data-awaited");
    if (!open) body.replaceChildren();
    else if (!body.childElementCount) show(body, home);
  };
  button.addEventListener("click", () => {
    if (wide.matches) remember(!isOpen());
    put(!isOpen());
    if (!isOpen()) refresh("phone-count");
  });
  addEventListener("keydown", (event) => {
    const mine = aside.contains(document.activeElement);
    if (event.key !== "Escape" || !isOpen() || !(mine || !wide.matches)) return;
    put(false);
    refresh("phone-count");
    if (mine) button.focus();
  });
  goAboutIn(body);
  listen(aside.querySelector(".phone-count"));
  const awaited = "awaited" in aside.dataset;
  put(awaited || isOpen());
  if (!awaited) return;
  setTimeout(sawIt, READ_AFTER, body);
  if (!wide.matches && !document.querySelector(".error-summary")) {
    // The drawer hides the foot of the page: the field that the code goes to is brought above it.
    document.querySelector('main [autocomplete="one-time-code"]')?.scrollIntoView({ block: "nearest" });
  }
}

function buttonFrom(link, body) {
  const button = document.createElement("button");
  const word = document.createElement("span");
  body.id = "phone-body";
  button.type = "button";
  button.setAttribute("aria-controls", body.id);
  word.className = "phone-word";
  word.setAttribute("aria-hidden", "true");
  button.append(...link.childNodes, word);
  link.replaceWith(button);
  return button;
}

// What lay open when the page came was read, and stays as it is.
async function sawIt(body) {
  const box = body.querySelector("[data-fragment]");
  if (box) await fetch(box.dataset.fragment, { cache: "no-cache" }).catch(() => undefined);
}

function remember(open) {
  try { sessionStorage.setItem("telephone", open ? "open" : "folded"); } catch { /* a browser that keeps nothing */ }
}

function listen(count) {
  let before = Number.parseInt(count.textContent, 10) || 0;
  new MutationObserver(() => {
    const now = Number.parseInt(count.textContent, 10) || 0;
    if (now > before) announce("Un nouveau message est arrivé sur le téléphone simulé.");
    before = now;
  }).observe(count, { childList: true, characterData: true, subtree: true });
}
