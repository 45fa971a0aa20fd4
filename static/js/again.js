// Looks again at the live parts with the topic « due » when something falls due: the server does it on that very request.
import { refresh } from "./fragments.js";

const LONGEST = 2 ** 31 - 1;

export default function again(element) {
  const { seconds, moment } = element.dataset; // so many seconds from now, or a moment in milliseconds since 1970
  const wait = moment ? Number(moment) - Date.now() : Number(seconds) * 1000;
  if (wait > 0 && wait < LONGEST) setTimeout(refresh, wait, "due");
}
