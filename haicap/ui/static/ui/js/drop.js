// Files dropped anywhere on the zone land in its own field; the names are shown at once.

function show(zone, input) {
  const list = zone.querySelector("[data-haicap-drop-names]");
  list.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = file.name;
    return line;
  }));
}

for (const zone of document.querySelectorAll("[data-haicap-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (event) => { event.preventDefault(); zone.classList.add("hc-drop-over"); };
  zone.addEventListener("dragenter", over);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", () => zone.classList.remove("hc-drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("hc-drop-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => show(zone, input));
}
