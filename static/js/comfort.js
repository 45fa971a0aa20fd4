// Around the choices of « Confort de lecture »: the page shows each one at once; « Appliquer » keeps it.
export default function comfort(choices) {
  choices.addEventListener("change", ({ target }) => {
    document.documentElement.dataset[target.name] = target.value;
  });
}
