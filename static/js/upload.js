// Sends each chosen or dropped file by itself, one after the other, and shows the tray that the server answers.
import { line } from "./upload-line.js";
import { lighter } from "./upload-lighter.js";
import { send } from "./upload-send.js";

const BUSY = "Envoi en cours…";
const SENT = "C’est envoyé.";
const SOME_LEFT = "Un fichier n’est pas arrivé\u00a0: lisez pourquoi ci-dessous.";
const WAIT = "Attendez la fin de l’envoi, puis appuyez de nouveau sur «\u00a0Ajouter à mes documents\u00a0».";

export default function upload(zone) {
  const form = zone.closest("form");
  const [tray, status, list] = ["tray", "status", "lines"].map((part) => zone.querySelector(`[data-${part}]`));
  let last = Promise.resolve();
  let waiting = 0;

  const ask = (name, value, fileName, progressed) => {
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append(name, value, ...(fileName ? [fileName] : []));
    return send(zone.dataset.url, body, progressed);
  };
  const show = (html) => {
    tray.innerHTML = html;
    form.elements.title.value ||= tray.querySelector("[data-title]")?.dataset.title ?? "";
  };
  const sendOne = async (file, shown) => {
    const { html, again, words } = await ask("files", await lighter(file), file.name, shown.progress);
    if (again) return shown.offer(again, () => enqueue(file, shown));
    if (words) return shown.refuse(words);
    show(html);
    shown.done();
  };
  const enqueue = (file, shown) => {
    waiting += 1;
    status.textContent = BUSY;
    shown.wait();
    last = last.then(() => sendOne(file, shown)).finally(() => {
      waiting -= 1;
      if (!waiting) status.textContent = list.children.length ? SOME_LEFT : SENT;
    });
  };
  const take = (files) => [...files].forEach((file) => enqueue(file, line(list, file.name)));
  const arrange = async ({ value }) => {
    const { html, again, words } = await ask("pages", value);
    status.textContent = again ?? words ?? "";
    if (html === undefined) return;
    show(html);
    (tray.querySelector(`[value="${value}"]`) ?? tray).focus();
  };

  form.addEventListener("submit", (event) => {
    const tool = event.submitter?.name === "pages";
    if (!tool && !waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (tool) arrange(event.submitter);
    else status.textContent = WAIT;
  }, true);
  for (const input of zone.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => { take(input.files); input.value = ""; });
  }
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      const over = zone.contains(event.target);
      zone.classList.toggle("is-over", over && kind === "dragover");
      if (over && kind === "drop") take(event.dataTransfer.files);
    });
  }
  zone.classList.add("is-live");
}
