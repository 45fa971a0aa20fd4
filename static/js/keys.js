// Alt and the letter of a link of this list follow it, or put the cursor in the field it leads to on this page.
// Never a letter alone (WCAG 2.1.4), nor what Alt writes in a field (on a Mac, Alt and O is « œ »).
export default function keys(list) {
  list.hidden = false;
  const links = new Map([...list.querySelectorAll("[data-key]")].map((link) => [link.dataset.key, link]));
  addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    const link = links.get(letterOf(event));
    if (!link) return;
    event.preventDefault();
    const field = isHere(link) && document.querySelector(link.hash);
    if (field) field.focus();
    else link.click();
  });
}

function letterOf(event) {
  const typed = event.key.toLowerCase();
  if (/^[a-z]$/.test(typed)) return typed;
  const writes = event.target.matches("input, textarea, select, [contenteditable]");
  return writes ? "" : event.code.replace("Key", "").toLowerCase();
}

const isHere = (link) => link.hash && link.pathname === location.pathname && link.search === location.search;
