// Going about in the simulated phone without leaving the page that it lies beside.
import { attach } from "./app.js";
import { refresh } from "./fragments.js";

export function goAboutIn(body) {
  body.addEventListener("click", (event) => {
    const inside = event.target.closest("a[data-inside], .phone-pages a");
    if (!inside || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(body, inside.href, true);
  });
  body.addEventListener("submit", async (event) => {
    if (!("inside" in event.target.dataset)) return;
    event.preventDefault();
    const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) });
    show(body, answer.url, true);
  });
}

export async function show(body, url, asked = false) {
  const address = new URL(url, location);
  address.searchParams.set("volet", "1");
  const answer = await fetch(address, { cache: "no-cache" }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) { if (asked) location.assign(url); return; }
  body.innerHTML = await answer.text();
  body.scrollTop = 0;
  attach(body);
  refresh("phone-count"); // what is shown is read
  // What was pressed is gone: whoever was in the phone stays in it. Nobody else's focus moves.
  if (asked) (body.querySelector(".phone-verdict") ?? body.querySelector("h2, [aria-current]"))?.focus();
}
