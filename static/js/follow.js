// The trainer follows somebody: when the person goes to another page, so does the view.
export default function follow(element) {
  const go = () => {
    const link = element.querySelector("[data-there]");
    if (link) location.replace(link.href);
  };
  new MutationObserver(go).observe(element, { childList: true });
  go();
}
