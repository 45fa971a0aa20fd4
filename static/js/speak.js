// <button hidden data-behaviour="speak" data-speak="id of the text">: reads it aloud in French.
export default function speak(button) {
  if (!window.speechSynthesis) return;
  button.hidden = false;
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  const rest = () => { label.textContent = words; };
  button.addEventListener("click", () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return rest();
    const speech = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).innerText);
    Object.assign(speech, { lang: "fr-FR", rate: 0.9, onend: rest, onerror: rest });
    label.textContent = "Arrêter la lecture";
    speechSynthesis.speak(speech);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
