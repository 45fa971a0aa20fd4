// One stream a browser says which topic changed; one tab listens (navigator.locks) and tells the others.
import { announce } from "./announce.js";
import { refresh } from "./fragments.js";

const ASK_EVERY = 5000;
const TRY_AGAIN_AFTER = 60000;

export default function live(element) {
  const url = element.dataset.liveUrl;
  const name = `live ${url.split("?")[0]}`;
  const others = new BroadcastChannel(name);
  others.onmessage = ({ data }) => hear(data);
  const tell = (topic) => { hear(topic); others.postMessage(topic); };
  // Locks need a secure address; on a workshop's plain http each tab listens for itself.
  if (navigator.locks) navigator.locks.request(name, () => listen(url, tell));
  else listen(url, tell);
}

function listen(url, tell) {
  const address = new URL(url, location.href);
  const heardOf = (number) => address.searchParams.set("depuis", number);
  let asking;
  // Without a stream: one light question, then only the parts whose topic changed.
  const ask = async () => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok || answer.redirected) return;
    const { depuis, topics } = await answer.json();
    heardOf(depuis);
    topics.forEach(tell);
  };
  const open = () => {
    const stream = new EventSource(address);
    stream.onopen = () => { asking = clearInterval(asking); };
    stream.onmessage = ({ data, lastEventId }) => { heardOf(lastEventId); tell(JSON.parse(data).topic); };
    stream.onerror = () => {
      asking ??= setInterval(ask, ASK_EVERY);
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, TRY_AGAIN_AFTER);
    };
  };
  open();
  return new Promise(() => {});
}

function hear(topic) {
  refresh(topic);
  if (topic === "world") showWorldChanged();
}

function showWorldChanged() {
  const banner = document.querySelector("[data-world-changed]");
  if (!banner?.hidden) return;
  banner.hidden = false;
  announce(banner.innerText);
}
