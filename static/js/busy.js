// A form sent twice by a hesitant finger is sent once; the button says that something is happening.
const GIVE_BACK_AFTER = 8000;

export default function busy(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    const label = event.submitter?.querySelector("span:last-of-type:not(:has(img))");
    const words = label?.textContent;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    if (label) label.textContent = "Envoi…";
    const giveBack = () => {
      delete form.dataset.sent;
      event.submitter?.removeAttribute("aria-disabled");
      if (label) label.textContent = words;
    };
    setTimeout(giveBack, GIVE_BACK_AFTER);
    addEventListener("pageshow", (shown) => shown.persisted && giveBack(), { once: true });
  });
}
