// Lists: tick with Space, a stretch with Shift+Space, walk with J and K; the bulk bar
// appears with the first tick. Without this file the bar is simply always there.

import { onLetters } from "./keys.js";

const TICK = ".hc-tick[data-haicap-row]";
let lastTicked = null;

const ticks = () => [...document.querySelectorAll(TICK)];
const rowOf = (element) => element.closest("[data-haicap-list] tbody tr, [data-haicap-list] li");

function refresh() {
  const all = ticks();
  const n = all.filter((tick) => tick.checked).length;
  for (const bar of document.querySelectorAll("[data-haicap-bulk]")) {
    bar.hidden = n === 0;
    bar.querySelector("[data-haicap-bulk-count]").textContent = n;
    bar.querySelector("[data-haicap-bulk-clear]").hidden = false;
  }
  for (const box of document.querySelectorAll("[data-haicap-tick-page]")) {
    box.checked = n > 0 && n === all.length;
    box.indeterminate = n > 0 && n < all.length;
  }
}

function tick(box, stretch) {
  const all = ticks();
  const from = stretch && lastTicked ? all.indexOf(lastTicked) : -1;
  const to = all.indexOf(box);
  const wanted = box.checked;
  if (from >= 0) {
    for (const other of all.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      other.checked = wanted;
    }
  }
  lastTicked = box;
  refresh();
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-haicap-list] tbody tr, [data-haicap-list] li")];
  if (!rows.length) return false;
  const at = rows.indexOf(rowOf(document.activeElement ?? document.body));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("click", (event) => {
  const box = event.target instanceof Element && event.target.closest(TICK);
  if (box) tick(box, event.shiftKey);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-haicap-tick-page]")) return;
  for (const box of ticks()) box.checked = event.target.checked;
  refresh();
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (!event.target.closest("[data-haicap-bulk-clear]")) return;
  for (const box of ticks()) box.checked = false;
  refresh();
  ticks()[0]?.focus();
});

function space(event) {
  const row = rowOf(event.target);
  const box = row?.querySelector(TICK);
  if (!box || event.target.closest("a, button, summary")) return false;
  if (event.target === box && !event.shiftKey) return false;
  box.checked = !box.checked;
  tick(box, event.shiftKey);
  return true;
}

onLetters({
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  Space: space,
  "Shift+Space": space,
  Enter: (event) => {
    if (!event.target.matches("[data-haicap-list] tbody tr, [data-haicap-list] li")) return false;
    event.target.querySelector("a")?.click();
    return true;
  },
});

refresh();
document.addEventListener("htmx:after:swap", refresh);
