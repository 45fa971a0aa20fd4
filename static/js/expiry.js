// Two minutes before a step of the activation ends, says so and offers to stay; without JavaScript a link does it.
import { announce } from "./announce.js";

const WARNING = 120;
const SOON = "Cette page va se fermer dans deux minutes. Voulez-vous rester ?";
const OVER = "Votre session a expiré. Rien n’est cassé : vous pouvez recommencer.";

export default function expiry(element) {
  const warning = element.querySelector("[role=alert]");
  const words = warning.querySelector(".notice-title");
  const stay = warning.querySelector("button");
  const restart = warning.querySelector("a");
  const life = Number(element.dataset.seconds) * 1000;
  let end = Date.now() + life;
  let said = "";

  const say = (sentence) => {
    if (said === sentence) return;
    said = sentence;
    stay.hidden = sentence !== SOON;
    restart.hidden = sentence !== OVER;
    warning.hidden = !sentence;
    words.textContent = sentence;
  };

  // The hour of the end is kept, not counted down: a tablet that slept wakes up right.
  const look = () => {
    const left = (end - Date.now()) / 1000;
    say(left <= 0 ? OVER : left <= WARNING ? SOON : "");
  };

  const prolong = async () => {
    const answer = await fetch(element.dataset.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.headers.get("Content-Type")?.includes("json")) return say(OVER);
    const { until } = await answer.json();
    end = Date.now() + life;
    element.querySelector("[data-until]").textContent = until;
    say("");
    announce(`Cette page reste ouverte jusqu’à ${until}.`);
    document.querySelector("main").focus({ preventScroll: true });
  };

  stay.addEventListener("click", prolong);
  element.querySelector(".meta a").addEventListener("click", (event) => {
    event.preventDefault();
    prolong();
  });
  setInterval(look, 1000);
}
