// At the door, with nobody inside: what the page of the person before kept in this tab (how the phone lay) goes.
export default function forget() {
  try { sessionStorage.clear(); localStorage.clear(); } catch { /* a browser that keeps nothing */ }
}
