// Popovers are <details data-haicap-disclosure>: they open by click or Enter without us.
// With us Esc closes them, focus returns, a click outside closes, and only one is open.

const OPEN = "details[data-haicap-disclosure][open]";

function close(box, { refocus }) {
  box.open = false;
  if (refocus) box.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const inside = event.target instanceof Element && event.target.closest(OPEN);
  const box = inside || document.querySelector(OPEN);
  if (!box) return;
  event.preventDefault();
  close(box, { refocus: true });
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const closer = event.target.closest("[data-haicap-close]");
  if (closer) {
    close(closer.closest("details"), { refocus: true });
    return;
  }
  const mine = event.target.closest("details[data-haicap-disclosure]");
  for (const box of document.querySelectorAll(OPEN)) {
    if (box !== mine) close(box, { refocus: false });
  }
});

// `toggle` does not bubble, so listen while it is captured.
document.addEventListener("toggle", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLDetailsElement) || !box.open) return;
  const closer = box.querySelector("[data-haicap-close]");
  if (closer) closer.hidden = false;
}, true);
