// What a person sees of one file on its way: its name, a bar with its figure, words, and « Réessayer » when the network failed.
export function line(list, name) {
  const item = part(list, "li");
  const progress = part(item, "div", "", "progress");
  const head = part(progress, "p");
  part(head, "span", name);
  const figure = part(head, "strong");
  const bar = part(progress, "progress");
  bar.max = 100;
  bar.setAttribute("aria-label", `Envoi de ${name}`);
  const words = part(item, "p");
  let button;

  const leave = () => {
    item.remove();
    list.hidden = !list.children.length;
  };
  const state = (text, percent, refused = false) => {
    words.textContent = text;
    bar.hidden = refused;
    progress.hidden = text.includes(name);
    bar.value = percent;
    figure.textContent = percent ? `${percent}\u00a0%` : "";
    item.classList.toggle("is-refused", refused);
    button?.remove();
  };
  const stop = (text, label, act) => {
    state(text, 0, true);
    button = part(item, "button", label, "button secondary");
    button.type = "button";
    button.addEventListener("click", act);
  };
  list.hidden = false;
  return {
    done: leave,
    wait: () => state("En attente…", 0),
    progress: (sent) => state(sent < 1 ? "Envoi en cours…" : "Reçu. Préparation de la page…", Math.round(sent * 100)),
    refuse: (text) => stop(text, "D’accord", leave),
    offer: (text, again) => stop(text, "Réessayer", again),
  };
}

function part(inside, kind, text = "", name = "") {
  const made = document.createElement(kind);
  Object.assign(made, { textContent: text, className: name });
  inside.append(made);
  return made;
}
