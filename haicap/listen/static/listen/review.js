// The review page by keyboard: Enter right, 1-5 kind, E edit, X remove, J K move, Esc
// closes. Everything presses a link or button that is there without this file too.

import { areLettersOff, isForeign, isTyping, onLetters, press } from "../ui/js/keys.js";

const EDGE = 48;
const side = () => document.getElementById("review-side");
const form = () => document.querySelector("[data-haicap-form]");

/** Scrolls only the document's own box: on a phone the page stays at the card. */
function show(mark) {
  const box = document.querySelector("[data-haicap-scroll]");
  if (!mark || !box) return;
  const [inner, outer] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  const isSeen = inner.top > outer.top + EDGE && inner.bottom < outer.bottom - EDGE;
  if (!isSeen) box.scrollTop += inner.top - outer.top - outer.height / 3;
}

/** Marks in the document and in the strip what the card shows. */
function follow() {
  const pk = side()?.dataset.open ?? "";
  for (const old of document.querySelectorAll(".hc-rv-mark[aria-current], .hc-rv-tick[aria-current]")) {
    old.removeAttribute("aria-current");
  }
  const marks = document.querySelectorAll(`[data-haicap-statement="${pk}"], [data-haicap-tick="${pk}"]`);
  for (const mark of marks) mark.setAttribute("aria-current", "true");
  show(document.querySelector(`[data-haicap-statement="${pk}"]`));
}

/** Gives single ticks their new look, which spares sending the whole strip. */
function retick() {
  for (const said of document.querySelectorAll("[data-haicap-retick]")) {
    const tick = document.querySelector(`[data-haicap-tick="${said.dataset.haicapRetick}"] rect`);
    tick?.setAttribute("class", said.className);
  }
}

/** Keeps the keyboard on the card when the button that had it is gone. */
function keepFocus() {
  const at = document.activeElement;
  if (at && at !== document.body) return;
  document.getElementById("card-title")?.focus({ preventScroll: true });
}

function open(url) {
  history.replaceState(null, "", url);
  window.htmx.ajax("GET", url, { target: "#review-side", swap: "outerHTML" });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const tick = target?.closest("[data-haicap-tick]");
  const mark = target?.closest("[data-haicap-statement]");
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if ((!tick && !mark) || !isPlain) return;
  event.preventDefault();
  // While a form is open, or words are being selected, a click is not a wish to leave.
  if (form() || (mark && !document.getSelection().isCollapsed)) return;
  open(tick ? tick.getAttribute("href") : mark.dataset.href);
});

const NATIVE = "a, button, summary, input, select, textarea";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && form()) {
    if (press("[data-haicap-cancel]")) event.preventDefault();
  } else if (event.key === "Enter" && !isForeign(event) && !event.target.closest(NATIVE)
    && !document.querySelector("dialog[open]")) {
    if (press("[data-haicap-accept]")) event.preventDefault();
  } else if (event.code.startsWith("Arrow") && (event.altKey || event.shiftKey)
    && form() && !isTyping(event) && !areLettersOff()) {
    const keys = `${event.altKey ? "Alt+" : "Shift+"}${event.code}`;
    if (press(`[data-haicap-step="${keys}"]`)) event.preventDefault();
  }
});

const walk = (selector) => (event) => {
  const isArrow = event.code.startsWith("Arrow");
  if (form() || (isArrow && event.target.closest?.("[data-haicap-scroll], details"))) return false;
  return press(selector);
};

const table = {
  KeyJ: walk("[data-haicap-on]"),
  ArrowDown: walk("[data-haicap-on]"),
  KeyK: walk("[data-haicap-back]"),
  ArrowUp: walk("[data-haicap-back]"),
  KeyE: () => press("[data-haicap-edit]"),
  KeyX: () => press("[data-haicap-reject]"),
};
for (const key of ["1", "2", "3", "4", "5"]) {
  const act = () => press(`[data-haicap-kind="${key}"]`);
  table[`Digit${key}`] = act;
  table[`Numpad${key}`] = act;
}
onLetters(table);

document.addEventListener("htmx:after:swap", () => { retick(); follow(); keepFocus(); });
follow();
