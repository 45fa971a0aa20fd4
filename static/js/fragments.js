// Fetches [data-fragment] elements again and replaces what changed, never under the person's fingers.
import { announce } from "./announce.js";
import { attach } from "./app.js";

const shown = new WeakMap();

export function refresh(topic) {
  for (const element of document.querySelectorAll("[data-fragment]")) {
    if (topic === "*" || topicsOf(element).includes(topic)) fetchAgain(element);
  }
}

const topicsOf = (element) => (element.dataset.topics ?? "").split(" ");

export async function fetchAgain(element) {
  const headers = { "X-Profile": document.body.dataset.profile ?? "" };
  const response = await fetch(element.dataset.fragment, { cache: "no-cache", headers }).catch(() => undefined);
  if (response?.status === 409) return showProfileChanged();
  if (!response?.ok || response.redirected) return;
  const html = await response.text();
  if (html === shown.get(element) || html.trim() === element.innerHTML.trim()) return;
  if (element.contains(document.activeElement) && document.activeElement !== element) return wait(element);
  shown.set(element, html);
  const putBack = hold(element);
  element.innerHTML = html;
  putBack();
  attach(element);
  if (element.dataset.announce) announce(element.dataset.announce);
}

// What one reads stays where it is on the screen, whatever came above it: the first link in sight is the mark.
function hold(element) {
  const topOf = (link) => link.getBoundingClientRect().top;
  const mark = [...element.querySelectorAll("a[href]")].find((link) => topOf(link) >= 0);
  if (!scrollY || !mark || topOf(mark) > innerHeight) return () => {};
  const was = topOf(mark), href = CSS.escape(mark.getAttribute("href"));
  return () => {
    const same = element.querySelector(`a[href="${href}"]`);
    if (same) scrollBy({ top: topOf(same) - was, behavior: "instant" });
  };
}

function showProfileChanged() {
  const banner = document.querySelector("[data-profile-changed]");
  if (banner) banner.hidden = false;
}

function wait(element) {
  element.addEventListener("focusout", () => setTimeout(fetchAgain, 50, element), { once: true });
}
