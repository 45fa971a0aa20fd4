// <section data-behaviour="answer" data-answer-url>: where one answers goes when the exchange ends and comes back when it opens
// anew, never under the person's fingers; what was being typed is kept first.
import { announce } from "./announce.js";
import { attach } from "./app.js";

const CHANGED = "La place pour répondre a changé.";

export default function answer(section) {
  const thread = document.querySelector("[data-thread]");
  const state = () => thread.querySelector("[data-answer]")?.dataset.answer;
  let shown = state();

  const look = async () => {
    const now = state();
    if (now === undefined || now === shown) return;
    if (section.contains(document.activeElement)) {
      section.addEventListener("focusout", () => setTimeout(look, 50), { once: true });
      return;
    }
    shown = now;
    const detail = {};
    section.querySelector("[data-keep]")?.dispatchEvent(new CustomEvent("keep", { detail }));
    await detail.wait;
    const headers = { "X-Profile": document.body.dataset.profile ?? "" };
    const response = await fetch(section.dataset.answerUrl, { headers }).catch(() => undefined);
    if (!response?.ok || response.redirected) return;
    section.innerHTML = await response.text();
    attach(section);
    announce(CHANGED);
  };

  new MutationObserver(look).observe(thread, { childList: true });
}
