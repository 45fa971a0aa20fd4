// A form sent without leaving the page, so that what is typed elsewhere stays; the live parts of its topics are asked again.
import { announce } from "./announce.js";
import { refresh } from "./fragments.js";

const CUT = "La connexion est coupée. Réessayez dans un instant.";

export default function quietly(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const sent = { method: "POST", body: new FormData(form), keepalive: true }; // a link may have been followed meanwhile
    const answer = await fetch(form.action, sent).catch(() => undefined);
    delete form.dataset.sent;
    if (!answer) return announce(CUT);
    if (!answer.ok) return form.submit(); // as without JavaScript: a page says what is wrong
    const part = form.closest("[data-fragment]");
    if (part.contains(document.activeElement)) { // what is under the focus goes: the focus waits around it
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
    for (const topic of part.dataset.topics.split(" ")) refresh(topic);
  });
}
