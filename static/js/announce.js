// Says words to screen readers without moving the focus; as a behaviour, says what the region held when the page came.
let region;

export function announce(words) {
  region ??= addRegion();
  region.textContent = "";
  setTimeout(() => { region.textContent = words; }, 300);
  setTimeout(() => { region.textContent = ""; }, 8000);
}

function addRegion() {
  const paragraph = document.createElement("p");
  paragraph.className = "visually-hidden";
  paragraph.setAttribute("role", "status");
  document.querySelector("main").append(paragraph);
  return paragraph;
}

export default function announceOnArrival(element) {
  const words = element.innerText.trim();
  if (words) announce(words);
}
