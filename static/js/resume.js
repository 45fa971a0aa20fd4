// A page that was asked for during a pause comes by itself when the room goes on.
export default function resume(source) {
  new MutationObserver(() => { if (!source.childElementCount) location.reload(); }).observe(source, { childList: true });
}
