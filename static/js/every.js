// Asks a live part again every few seconds while it is looked at: what no topic tells, such as who is on which page.
import { fetchAgain } from "./fragments.js";

export default function every(element) {
  setInterval(() => { if (!document.hidden) fetchAgain(element); }, Number(element.dataset.every) * 1000);
}
