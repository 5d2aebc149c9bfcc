// A long list of boxes gets a search field that needs no marks: "dang uy" finds "Đảng ủy".

const fold = (words) => words.toLowerCase().normalize("NFD")
  .replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").trim();

const labels = (picker) => [...picker.querySelectorAll("[role=group] label")];

function narrow(picker, wanted) {
  const parts = fold(wanted).split(/\s+/);
  for (const label of labels(picker)) {
    const words = fold(label.textContent);
    label.hidden = !parts.every((part) => words.includes(part));
  }
}

function say(picker) {
  const n = picker.querySelectorAll("[role=group] :checked").length;
  picker.querySelector("[data-haicap-picked]").textContent = n || "";
}

document.addEventListener("input", (event) => {
  const picker = event.target.closest?.("[data-haicap-picker]");
  if (!picker) return;
  if (event.target.matches("[data-haicap-filter]")) narrow(picker, event.target.value);
  else say(picker);
});

// Enter in the search takes the first one found, and does not send the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  const field = event.target.closest?.("[data-haicap-filter]");
  if (!field) return;
  event.preventDefault();
  const picker = field.closest("[data-haicap-picker]");
  const first = labels(picker).find((label) => !label.hidden)?.querySelector("input");
  if (!first || !field.value.trim()) return;
  first.checked = !first.checked;
  field.value = "";
  narrow(picker, "");
  say(picker);
});

function show() {
  for (const field of document.querySelectorAll("[data-haicap-filter]")) field.hidden = false;
}
document.addEventListener("htmx:after:swap", show);
show();
