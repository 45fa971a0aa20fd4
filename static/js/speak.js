// In the banner: the browser's own voice reads the page, one sentence after the other. Hidden where there is none.
import { sentences } from "./sentences.js";

const PATIENCE = 8000; // milliseconds before a voice that says nothing is given up

export default function speak(bar) {
  const synthesis = window.speechSynthesis;
  if (!synthesis || !window.SpeechSynthesisUtterance) return;
  const [listen, player, pause, stop, status] = ["listen", "player", "pause", "stop", "status"]
    .map((name) => bar.querySelector(`[data-speak="${name}"]`));
  const words = pause.textContent;
  let queue = [], at = 0, turn = 0, speech;
  bar.hidden = false;
  synthesis.getVoices(); // some browsers only look for them when first asked

  function say() {
    while (queue[at] && !queue[at].element.isConnected) at += 1; // replaced meanwhile by something newer
    mark(queue[at]?.element);
    if (!queue[at]) return end();
    const mine = (turn += 1);
    const giveUp = setTimeout(() => { if (mine === turn) end(status.dataset.silent); }, PATIENCE);
    speech = new SpeechSynthesisUtterance(queue[at].text);
    Object.assign(speech, {
      lang: "fr-FR", rate: 0.9, voice: french(synthesis.getVoices()),
      onstart: () => clearTimeout(giveUp),
      onend: () => { clearTimeout(giveUp); if (mine === turn) { at += 1; say(); } },
      onerror: () => { clearTimeout(giveUp); if (mine === turn) end(status.dataset.silent); },
    });
    synthesis.speak(speech);
  }

  function hush() {
    turn += 1; // what the former sentence still says of itself no longer counts
    synthesis.cancel();
  }

  function show(speaking, said = "") {
    if (!speaking && player.contains(document.activeElement)) listen.focus({ preventScroll: true });
    player.hidden = !speaking;
    listen.setAttribute("aria-pressed", speaking);
    pause.textContent = words;
    status.textContent = said;
  }

  function end(said) {
    hush();
    mark();
    show(false, said);
  }

  listen.addEventListener("click", () => {
    if (!player.hidden) return end();
    hush();
    [queue, at] = [sentences(document.querySelector("main")), 0];
    show(true);
    say();
  });
  pause.addEventListener("click", () => {
    const resuming = pause.textContent !== words;
    pause.textContent = resuming ? words : pause.dataset.resume;
    if (resuming) say(); else hush(); // the sentence is said again from its start: a real pause is lost on many phones
  });
  stop.addEventListener("click", () => end());
  addEventListener("keydown", ({ key }) => { if (key === "Escape" && !player.hidden) end(); });
  addEventListener("pagehide", () => end());
}

function mark(element) {
  document.querySelector(".being-read")?.classList.remove("being-read");
  element?.classList.add("being-read");
}

function french(voices) {
  const known = voices.filter(({ lang }) => /^fr\b/i.test(lang.replace("_", "-")));
  return known.find(({ localService }) => localService) ?? known[0] ?? null; // one of this device first: nothing is sent elsewhere
}
