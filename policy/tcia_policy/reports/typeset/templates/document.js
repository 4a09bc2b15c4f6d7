"use strict";
(function () {
  const box = document.getElementById("filter");
  const words = document.getElementById("words");
  const unfold = document.getElementById("unfold");
  const found = document.getElementById("found");
  const folded = Array.from(document.querySelectorAll("main section details"));
  const rows = Array.from(document.querySelectorAll("main tbody tr"));
  const text = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const own = new Map(folded.map((part) => [part, part.textContent.toLowerCase()]));
  const open = (each, is) => { each.open = is; };
  let before = null;
  box.hidden = false;
  unfold.addEventListener("click", () => {
    const is = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(is));
    unfold.textContent = is ? "Close all" : "Open all";
    folded.forEach((part) => open(part, is));
  });
  words.addEventListener("input", () => {
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (all) => sought.every((word) => all.includes(word));
    let shown = 0;
    if (sought.length && !before) before = new Map(folded.map((part) => [part, part.open]));
    rows.forEach((row) => {
      row.hidden = !has(text.get(row));
      shown += row.hidden ? 0 : 1;
    });
    folded.forEach((part) => {
      part.parentElement.hidden = !has(own.get(part));
      if (sought.length) open(part, true);
    });
    document.querySelectorAll("main table").forEach((table) => {
      table.hidden = !table.querySelector("tbody tr:not([hidden])");
    });
    if (!sought.length && before) {
      before.forEach((is, part) => open(part, is));
      before = null;
    }
    found.textContent = sought.length ? shown + " rows" : "";
  });
  window.addEventListener("beforeprint", () => {
    rows.forEach((row) => { row.hidden = false; });
    document.querySelectorAll("main table, main section").forEach((each) => { each.hidden = false; });
    folded.forEach((part) => open(part, true));
  });
})();
