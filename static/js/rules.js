// The list of rules under a field: each is marked « à faire » or « respecté » as one types.
// The patterns come from the server (sandbox/account/rules.py), which checks them again.
import { announce } from "./announce.js";

const PAUSE = 1500; // of the typing, before screen readers are told
const MARKS = /[\u0300-\u036f]/g;
const SHORTEST_WORD = 3;

export const folded = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "");

// `rule` is the dataset of a line: requires, refuses, folds; `other` the text of the field beside, if there is one.
export function holds(rule, typed, other) {
  const text = rule.folds === undefined ? typed : folded(typed);
  if (rule.unlike && other !== undefined) {
    const word = folded(other);
    return word.length < SHORTEST_WORD || !text.includes(word);
  }
  if (rule.requires) return new RegExp(rule.requires, "u").test(text);
  return !rule.refuses || !new RegExp(rule.refuses, "u").test(text);
}

export default function rules(list) {
  const field = document.getElementById(list.dataset.field);
  const lines = [...list.querySelectorAll("li[data-state]")];
  const later = list.querySelector("li:not([data-state])"); // what only the server can tell
  const other = document.getElementById(lines.find((line) => line.dataset.unlike)?.dataset.unlike ?? "");
  let pause;

  const mark = () => {
    const typed = field.value.trim();
    for (const line of lines) show(line, typed !== "" && holds(line.dataset, typed, other?.value.trim()));
  };
  const tell = () => {
    const met = lines.filter((line) => line.dataset.state === "met").length;
    announce(met === lines.length ? "Toutes les règles sont respectées." : `Règles respectées : ${met} sur ${lines.length}.`);
  };
  const typing = () => {
    mark();
    if (later) postpone(later);
    if (lines.every((line) => line.dataset.state === "met")) forgive(field);
    clearTimeout(pause);
    pause = setTimeout(tell, PAUSE);
  };
  field.addEventListener("input", typing);
  field.addEventListener("blur", () => clearTimeout(pause));
  other?.addEventListener("input", mark);
  if (field.value) mark();
}

function show(line, met) {
  line.dataset.state = met ? "met" : "todo";
  line.querySelector(".rule-met").hidden = !met;
  line.querySelector(".rule-todo").hidden = met;
}

function postpone(line) {
  line.querySelector(".rule-met").hidden = true;
  line.querySelector(".rule-todo").hidden = false;
  line.querySelector("em").textContent = line.dataset.later;
}

// What was refused is mended: the error beside the field has nothing more to say.
function forgive(field) {
  document.getElementById(`${field.id}-error`)?.remove();
  field.removeAttribute("aria-invalid");
}
