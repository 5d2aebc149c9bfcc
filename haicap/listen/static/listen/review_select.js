// Words selected in the document become offsets in its text: `A` adds them as a statement,
// and while a form is open they become its words.

import { onLetters, press } from "../ui/js/keys.js";

let last = null;
const page = () => document.getElementById("review-document");
const adder = () => document.querySelector("[data-haicap-add]");

// The server counts characters, the browser UTF-16 units: they differ beyond U+FFFF.
const count = (words) => Array.from(words).length;

/** Units of the leaf's text before a boundary of the range; the whole leaf when outside. */
function before(leaf, node, offset, outside) {
  if (!leaf.contains(node)) return outside;
  if (node.nodeType === Node.TEXT_NODE) return offset;
  return offset === 0 ? 0 : leaf.textContent.length;
}

const isLetter = (sign) => /[\p{L}\p{N}]/u.test(sign ?? "");

/** Moves a boundary out of the middle of a word: a mouse often misses by a letter. */
function outOfWord(text, at, by) {
  let place = at;
  while (isLetter(text[place - 1]) && isLetter(text[place])) place += by;
  return place;
}

/** The selected stretch of the document: {start, end, words}, or null. */
function stretch() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount || !page()) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(page())) return null;
  const leaves = [...page().querySelectorAll("[data-start]")].filter((e) => range.intersectsNode(e));
  if (!leaves.length) return null;
  const [first, final] = [leaves[0], leaves.at(-1)];
  const [head, tail] = [first.textContent, final.textContent];
  const from = outOfWord(head, before(first, range.startContainer, range.startOffset, 0), -1);
  const to = outOfWord(tail, before(final, range.endContainer, range.endOffset, tail.length), 1);
  const start = Number(first.dataset.start) + count(head.slice(0, from));
  const end = Number(final.dataset.start) + count(tail.slice(0, to));
  const words = leaves.map((leaf) => leaf.textContent.slice(
    leaf === first ? from : 0,
    leaf === final ? to : undefined,
  )).join("");
  return words.trim() && end > start ? { start, end, words: words.trim() } : null;
}

/** Puts the selected words into the open form. */
function fill(found) {
  const form = document.querySelector("[data-haicap-form]");
  if (!form) return;
  form.querySelector("[name=start]").value = found.start;
  form.querySelector("[name=end]").value = found.end;
  form.querySelector("[data-haicap-words]").textContent = found.words;
  form.querySelector("[data-haicap-stretch]").hidden = false;
  const quote = form.querySelector("[data-haicap-quote]");
  if (quote) quote.hidden = true;
}

/** Lets the link to the form carry the stretch, for `A` and for the mouse alike. */
function carry(found) {
  const link = adder();
  if (!link || !found) return;
  const url = new URL(link.href, location.href);
  url.searchParams.set("start", found.start);
  url.searchParams.set("end", found.end);
  link.setAttribute("hx-get", url.pathname + url.search);
}

document.addEventListener("selectionchange", () => {
  const found = stretch();
  if (!found) return;
  last = found;
  fill(found);
  carry(found);
});

onLetters({
  KeyA: () => {
    const found = stretch();
    if (found) carry(found);
    return press("[data-haicap-add]");
  },
});

// A decision closes the matter: what was selected before it is not carried on.
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("[data-haicap-form]")) return;
  if (document.getSelection().isCollapsed) last = null;
  carry(last);
});
