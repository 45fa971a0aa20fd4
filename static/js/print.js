// A hidden button that appears because this script can print.
export default function printPage(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
