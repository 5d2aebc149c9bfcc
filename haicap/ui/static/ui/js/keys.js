// What a key press means, said once. Vietnamese typing tools swallow letters and send them
// again with Backspace: read event.code, ignore composing and packet events, and never bind
// Backspace or Delete.

const PACKET = 229;
const FIELDS = "input, textarea, select, [contenteditable='true'], [contenteditable='']";

/** True while the person is typing words, where letters must stay letters. */
export function isTyping(event) {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  const field = target.closest(FIELDS);
  return Boolean(field) && !["checkbox", "radio", "button", "submit"].includes(field.type);
}

/** True for an event that a typing tool made, or that belongs to the browser. */
export function isForeign(event) {
  return event.isComposing || event.keyCode === PACKET || event.defaultPrevented
    || event.altKey || event.metaKey;
}

/** True when the person switched single letters off (WCAG 2.1.4), or a dialog is open. */
export function areLettersOff() {
  return document.body.dataset.haicapKeys === "off"
    || Boolean(document.querySelector("dialog[open]"));
}

/** Runs `act(event)` for plain letters outside fields: {KeyJ: act}. Returns nothing. */
export function onLetters(table, within = document) {
  within.addEventListener("keydown", (event) => {
    if (isForeign(event) || event.ctrlKey || isTyping(event) || areLettersOff()) return;
    const act = table[event.shiftKey ? `Shift+${event.code}` : event.code];
    if (act && act(event) !== false) event.preventDefault();
  });
}

/** Clicks the first visible element of `selector`; false when there is none. */
export function press(selector) {
  const found = [...document.querySelectorAll(selector)].filter((e) => e.offsetParent !== null
    || e.closest(".hc-status, .hc-undo"));
  const last = found.at(-1);
  if (!last) return false;
  last.click();
  return true;
}
