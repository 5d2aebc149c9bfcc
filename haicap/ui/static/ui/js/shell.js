// Keys that work on every page: / ? [ G-then-letter Z. Esc lives in disclosure.js.

import { areLettersOff, isForeign, isTyping, onLetters, press } from "./keys.js";

const PLACES = { KeyH: 0, KeyD: "cases", KeyK: "recommendations" };
const WAIT = 1500;
let sinceG = 0;

function go(event) {
  if (Date.now() - sinceG > WAIT) return false;
  sinceG = 0;
  const word = PLACES[event.code];
  const links = [...document.querySelectorAll(".hc-menu-item")];
  const link = word === 0 ? links[0] : links.find((a) => a.getAttribute("href").includes(word));
  if (!link) return false;
  link.click();
  return true;
}

// A key is a sign on the keyboard, so / ? and [ are read from what it prints.
document.addEventListener("keydown", (event) => {
  if (isForeign(event) || event.ctrlKey || isTyping(event)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-haicap-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?" && !areLettersOff()) {
    event.preventDefault();
    document.getElementById("hc-keys")?.showModal();
  } else if (event.key === "[" && !areLettersOff()) {
    event.preventDefault();
    press("[data-haicap-menu]");
  }
});

// Capture: after G the next letter is a place, also where a page binds that letter.
document.addEventListener("keydown", (event) => {
  if (!sinceG || isForeign(event) || event.ctrlKey || isTyping(event)) return;
  if (event.code in PLACES && go(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

onLetters({
  KeyG: () => { sinceG = Date.now(); },
  KeyZ: () => press("[data-haicap-undo]"),
});

// The search field names the key; leaving it with Esc gives the page back.
document.querySelector("[data-haicap-search]")?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) event.target.blur();
});

// Lines about an act leave after ten seconds, never while a person is at them.
const STAY = 10000;

function fade(line) {
  let timer = setTimeout(() => line.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const release = () => { hold(); timer = setTimeout(() => line.remove(), STAY); };
  line.addEventListener("mouseenter", hold);
  line.addEventListener("mouseleave", release);
  line.addEventListener("focusin", hold);
  line.addEventListener("focusout", release);
}

const watched = new WeakSet();
function fadeAll() {
  for (const line of document.querySelectorAll("#hc-status [data-haicap-fades]")) {
    if (!watched.has(line)) fade(line);
    watched.add(line);
  }
}
fadeAll();
document.addEventListener("htmx:after:swap", fadeAll);

for (const printer of document.querySelectorAll("[data-haicap-print]")) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}

for (const opener of document.querySelectorAll("[data-haicap-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => {
    document.getElementById(opener.dataset.haicapOpen)?.showModal();
  });
}
