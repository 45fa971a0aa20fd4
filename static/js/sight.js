// Of several places told by selectors, one a line, in the order to try them: the first that is in sight.
export function firstInSight(told = "") {
  for (const selector of told.split("\n").filter(Boolean)) {
    const seen = [...document.querySelectorAll(selector)].find(isInSight);
    if (seen) return seen.matches('input[type="file"]') ? seen.closest(".field") ?? seen : seen;
  }
  return undefined;
}

const isInSight = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
