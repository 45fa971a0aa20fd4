// <form data-behaviour="draft" data-keep="url">: keeps what is typed at each pause, and says when; what is attached is kept already.
const PAUSE = 2000;
const NOT_KEPT = "Ce brouillon n’est pas enregistré\u00a0: la connexion ou votre session est coupée. Votre texte reste sur cette page.";

export default function draft(form) {
  const status = form.querySelector("[data-kept]");
  let timer;
  let going;
  let kept;
  let gone = false;

  const keep = (keepalive = false) => kept = send(keepalive);
  const send = async (keepalive) => {
    clearTimeout(timer);
    timer = undefined;
    going?.abort();
    const mine = going = new AbortController();
    const headers = { "X-Profile": document.body.dataset.profile ?? "" };
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name); // files go when they are attached
    const sent = { method: "POST", body, headers, keepalive, signal: mine.signal };
    const answer = await fetch(form.dataset.keep, sent).catch(() => undefined);
    if (mine.signal.aborted || gone) return;
    const said = answer?.headers.get("Content-Type")?.startsWith("text/plain") && !answer.redirected;
    const words = said ? await answer.text().catch(() => "") : NOT_KEPT; // sent meanwhile: nothing more is said
    if (words) status.textContent = words;
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", wait);
  form.addEventListener("change", () => { if (timer) keep(true); }); // the finger goes elsewhere, perhaps to a link
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    gone = true;
    clearTimeout(timer);
    going?.abort();
    timer = undefined;
  });
  // The page is left, the tablet is put down: what was typed since the last pause goes at once.
  addEventListener("visibilitychange", () => { if (document.hidden && timer && !gone && form.isConnected) keep(true); });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) gone = false; });
  form.addEventListener("keep", (event) => { event.detail.wait = timer ? keep() : kept; });
}
