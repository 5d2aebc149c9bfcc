// Sends each file by itself: a bar a file, and one key a file, so that after a lost line
// one press sends it again and it still arrives once. Without this the plain form works.

const form = document.querySelector("[data-haicap-upload]");
const card = document.querySelector("[data-haicap-sent-card]");
const list = document.querySelector("[data-haicap-sent]");
const blank = document.getElementById("upload-line");
let underway = 0;

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

// randomUUID is missing where the page is not served over https.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function hashOf(file) {
  if (!crypto.subtle) return null;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
}

function newJob(file) {
  // Round and unit are taken now: the same key must always bring the same body.
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file);
  body.set("idempotency_key", newKey());
  const line = blank.content.firstElementChild.cloneNode(true);
  line.querySelector("[data-name]").textContent = file.name;
  list.append(line);
  const job = { file, body, line };
  line.querySelector("[data-again]").addEventListener("click", () => send(job));
  return job;
}

function say(job, words, { canRepeat = false, isOver = false } = {}) {
  job.line.querySelector("[data-words]").textContent = words;
  job.line.querySelector("[data-again]").hidden = !canRepeat;
  job.line.querySelector("progress").hidden = canRepeat || isOver;
  job.line.querySelector("[data-alert]").hidden = !(canRepeat || isOver);
  document.querySelector("[data-haicap-sent-status]").textContent = `${job.file.name}: ${words}`;
}

function post(job) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 600_000;
    const bar = job.line.querySelector("progress");
    request.upload.onprogress = (event) => { bar.value = (100 * event.loaded) / event.total; };
    request.onloadend = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* not our receipt */ }
      done({ status: request.status, answer, wait: request.getResponseHeader("Retry-After") });
    };
    request.send(job.body);
  });
}

async function send(job) {
  say(job, form.dataset.sending);
  underway += 1;
  const { status, answer, wait } = await post(job);
  underway -= 1;
  if (status === 409 && wait) return void setTimeout(() => send(job), 1000 * wait);
  // Only a receipt with the same hash counts as sent: a page of a captive portal does not.
  const isSent = status === 200 && answer?.document;
  if (isSent && [null, answer.sha256].includes(await hashOf(job.file).catch(() => null))) {
    const parsed = new DOMParser().parseFromString(answer.html, "text/html");
    const line = document.adoptNode(parsed.querySelector("li"));
    job.line.replaceWith(line);
    window.htmx?.process(line);
  } else if (answer?.sentence) {
    say(job, `${form.dataset.refused} ${answer.sentence}`, { isOver: true });
  } else if (status === 403) {
    say(job, form.dataset.signedOut, { isOver: true });
  } else {
    say(job, form.dataset.lost, { canRepeat: true });
  }
}

form?.addEventListener("submit", async (event) => {
  const files = [...form.elements.files.files];
  if (!files.length) return; // the server says what is missing
  event.preventDefault();
  card.hidden = false;
  const jobs = files.map(newJob);
  form.elements.files.value = "";
  form.elements.files.dispatchEvent(new Event("change"));
  delete form.dataset.haicapSending;
  event.submitter?.removeAttribute("aria-disabled");
  event.submitter?.removeAttribute("data-haicap-held");
  for (const job of jobs) await send(job);
});

window.addEventListener("beforeunload", (event) => { if (underway) event.preventDefault(); });
