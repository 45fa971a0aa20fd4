// A notice that an open page shows when its moment is five minutes away.
import { announce } from "./announce.js";

const BEFORE = 5 * 60 * 1000;

export default function soon(notice) {
  const wait = Number(notice.dataset.moment) - BEFORE - Date.now();
  if (notice.hidden) setTimeout(show, Math.max(0, wait));

  function show() {
    notice.hidden = false;
    announce(notice.innerText.trim());
  }
}
