// What a person would read aloud on a page: its visible words, sentence by sentence, the title first.
const SILENT = "script, style, svg, textarea, select, .visually-hidden, .back, [aria-hidden='true']";

export function sentences(root) {
  const blocks = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (!data.trim() || parent.closest(SILENT) || !isSeen(parent)) {
      if (blocks.length) blocks.at(-1).text += " ";
      continue;
    }
    const element = block(parent);
    if (blocks.at(-1)?.element === element) blocks.at(-1).text += data;
    else blocks.push({ element, text: data });
  }
  const title = root.querySelector("h1");
  const first = ({ element }) => Number(Boolean(title?.contains(element)));
  return blocks.sort((a, b) => first(b) - first(a)).flatMap(cut);
}

function cut({ element, text }) {
  return text.replace(/\s+/g, " ").split(/(?<=[.!?…:;]) /).map((one) => one.trim())
    .filter((one) => /[\p{L}\p{N}]/u.test(one)).map((one) => ({ element, text: one }));
}

function isSeen(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

function block(element) {
  const inline = /^(inline|contents)/.test(getComputedStyle(element).display);
  return inline && element.parentElement ? block(element.parentElement) : element;
}
