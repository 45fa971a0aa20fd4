// Before the room opens: asks again now and then, and goes on only once it is open, so that nothing moves meanwhile.
import { announce } from "./announce.js";

export default function waitingRoom(element) {
  const every = Number(element.dataset.seconds) * 1000;
  element.querySelector("[hidden]").hidden = false;
  setTimeout(look, every);

  async function look() {
    const answer = document.hidden ? undefined : await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
    const page = answer?.ok ? await answer.text() : undefined;
    if (!page || page.includes('data-behaviour="waiting-room"')) return setTimeout(look, every);
    announce("La salle est ouverte.");
    setTimeout(() => location.reload(), 500);
  }
}
