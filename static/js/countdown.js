// Too many tries: counts the seconds down, holds the form that follows until the end, then says that one may try again.
import { announce } from "./announce.js";

export default function countdown(notice) {
  const figure = notice.querySelector(".countdown-figure");
  const end = Date.now() + Number(notice.dataset.seconds) * 1000;
  const form = notice.closest("form") ?? following(notice);
  const buttons = [...(form?.querySelectorAll("button[type=submit]") ?? [])];
  const hold = (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("submit", hold, true);
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  notice.focus();
  const timer = setInterval(tick, 500);
  tick();

  function tick() {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left <= 0) return over();
    figure.textContent = `${left}\u00a0${left < 2 ? "seconde" : "secondes"}`;
  }

  function over() {
    clearInterval(timer);
    document.removeEventListener("submit", hold, true);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    notice.querySelector(".countdown-wait").hidden = true;
    const done = notice.querySelector(".countdown-over");
    done.hidden = false;
    notice.classList.replace("warn", "good");
    announce(done.textContent);
  }
}

function following(notice) {
  const forms = [...document.querySelectorAll("main form")];
  return forms.find((form) => notice.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING);
}
