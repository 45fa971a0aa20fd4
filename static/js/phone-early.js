// Before anything is drawn: was the simulated phone left open beside the page? Nothing then moves when it opens.
(() => {
  let left;
  try { left = sessionStorage.getItem("telephone"); } catch { left = null; }
  const open = left === "open" && matchMedia("(min-width: 75rem)").matches;
  document.documentElement.dataset.phone = open ? "open" : "folded";
})();
