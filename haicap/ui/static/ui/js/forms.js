// A form is sent once; what could not be sent stays as typed, and the page says so.

const BUSY = "haicapSending";

function free(form) {
  delete form.dataset[BUSY];
  for (const button of form.querySelectorAll("[data-haicap-held]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("data-haicap-held");
  }
}

function hold(form, button) {
  form.dataset[BUSY] = "yes";
  if (!button || button.hasAttribute("aria-disabled")) return;
  // Not `disabled`: a disabled button's own value would not be sent, and focus would jump.
  button.setAttribute("aria-disabled", "true");
  button.setAttribute("data-haicap-held", "");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.method === "dialog") return;
  if (form.dataset[BUSY]) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  hold(form, event.submitter);
}, true);

// A button that may not be pressed now keeps its focus and gives its reason.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("button[aria-disabled='true']");
  if (button && !button.hasAttribute("data-haicap-held")) event.preventDefault();
}, true);

// Coming back by the browser's own Back: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) free(form);
});

function say(element) {
  const words = document.getElementById("hc-not-sent");
  const status = document.getElementById("hc-status");
  if (!words || !status) return;
  status.replaceChildren(words.content.cloneNode(true));
  const form = element?.closest?.("form");
  if (form) free(form);
}

// No answer came at all: nothing is swapped, the words are still in their field.
document.addEventListener("htmx:error", (event) => say(event.target));

// The server failed: its page must not take the place of what was typed.
document.addEventListener("htmx:before:response", (event) => {
  const status = event.detail.ctx?.response?.status ?? 0;
  if (status < 500) return;
  event.preventDefault();
  say(event.target);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target?.closest?.("form");
  if (form) free(form);
});

// The list of faults is read first; each of its lines leads to its field.
function toFaults() {
  document.querySelector("form[method=post] [data-haicap-summary]")?.focus();
}
toFaults();
document.addEventListener("htmx:after:swap", toFaults);
