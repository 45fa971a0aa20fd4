// Makes a long list of choices searchable: words typed above narrow it, arrows choose, Enter goes on. Without it, one scrolls.
const MOST = 12;
const folded = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/’/g, "'").toLowerCase();

export default function pick(box) {
  const select = box.querySelector("select");
  const search = box.querySelector("input[type=search]");
  const status = box.querySelector("[data-chosen]");
  const groups = [...select.querySelectorAll("optgroup")].map((group) => ({
    group,
    choices: [...group.children].filter((option) => option.value)
      .map((option) => ({ option, words: folded(`${option.text} ${option.dataset.category}`) })),
  })).filter(({ choices }) => choices.length);

  const tell = () => {
    const chosen = select.selectedOptions[0];
    if (chosen) status.textContent = `Ira dans la rubrique «\u00a0${chosen.dataset.category}\u00a0».`;
    else status.textContent = search.value ? "Aucun type ne porte ces mots. Essayez un seul mot, ou le code." : "Aucun type choisi.";
  };
  const show = (kept, chosen) => {
    for (const { group, choices } of kept) group.replaceChildren(...choices.map(({ option }) => option));
    select.replaceChildren(...kept.map(({ group }) => group));
    select.size = Math.min(MOST, Math.max(2, kept.length + select.options.length));
    select.selectedIndex = chosen;
    tell();
  };
  const narrow = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    const before = select.value;
    const kept = groups.map(({ group, choices }) => ({
      group, choices: choices.filter((choice) => words.every((word) => choice.words.includes(word))),
    })).filter(({ choices }) => choices.length);
    const found = kept.flatMap(({ choices }) => choices).findIndex(({ option }) => option.value === before);
    show(kept, found < 0 && words.length && kept.length ? 0 : found);
  };
  const move = (by) => {
    select.selectedIndex = Math.min(Math.max(select.selectedIndex + by, 0), select.options.length - 1);
    tell();
  };

  search.closest("[data-search]").hidden = false;
  if (search.autofocus) search.focus();
  narrow();
  search.addEventListener("input", narrow);
  select.addEventListener("change", tell);
  search.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) move(by);
    else if (event.key === "Enter") search.form.elements[search.dataset.next].focus();
    else return;
    event.preventDefault();
  });
}
