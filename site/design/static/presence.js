/* The list of a work day with a bad network: what a thumb ticks stays on this telephone until the server has said yes.
   Without this script the page is a plain form. The words stand in the form's attributes. */
const AGAIN = 20_000;
const PATIENCE = 25_000;
const REFUSED = 409;
const WRONG = 422;
const NOT_IN = 403;

let edits = {};
let wantsToSend = false;
let everyone = "";
let sending = false;
let broken = false;

const form = () => document.querySelector("form[data-presence]");
const store = () => form().dataset.presence;
const lineOf = (id) => form().querySelector(`[data-line="${CSS.escape(id)}"]`);
const controls = (line) => [...line.querySelectorAll("input, select")];
const words = (name) => form().dataset[name];

function say(kind, text, link) {
  const told = form().querySelector("[data-told]");
  const notice = document.createElement("div");
  notice.className = `notice notice--${kind}`;
  const body = document.createElement("p");
  body.className = "notice__body";
  body.append(text);
  if (link) {
    const way = document.createElement("a");
    [way.href, way.textContent] = link;
    body.append(" ", way);
  }
  notice.append(body);
  told.replaceChildren(notice);
}

/* What a line says now, the code that its page had shown included. */
function read(line) {
  const said = {};
  for (const each of controls(line)) {
    const part = each.name.slice(line.dataset.line.length + 1);
    if (each.type !== "radio") said[part] = each.value;
    else if (each.checked) said[part] = each.value;
  }
  return said;
}

function write(line, said) {
  for (const each of controls(line)) {
    const part = each.name.slice(line.dataset.line.length + 1);
    if (each.type === "radio") each.checked = said[part] === each.value;
    else if (part in said) each.value = said[part];
  }
}

/* Somebody unannounced, typed before this page was made: an empty line takes the key under which they were typed. */
function adopt(id) {
  const blank = [...form().querySelectorAll(`[data-blank="${CSS.escape(id[0])}"]`)].find((line) => !(line.dataset.line in edits));
  if (!blank || !/^[kt]/.test(id)) return null;
  const was = blank.dataset.line;
  for (const each of blank.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = each.getAttribute(attribute);
      if (value) each.setAttribute(attribute, value.replace(was, id));
    }
  }
  blank.dataset.line = id;
  return blank;
}

function keep() {
  const kept = { edits, wantsToSend, everyone };
  try {
    if (Object.keys(edits).length || wantsToSend) localStorage.setItem(store(), JSON.stringify(kept));
    else localStorage.removeItem(store());
  } catch {
    /* A browser that keeps nothing still sends. */
  }
}

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(store()));
  } catch {
    kept = null;
  }
  if (!kept) return;
  edits = kept.edits ?? {};
  wantsToSend = Boolean(kept.wantsToSend);
  everyone = kept.everyone ?? "";
  show();
  if (Object.keys(edits).length || wantsToSend) say("warning", words("kept"));
}

function show() {
  for (const [id, said] of Object.entries(edits)) {
    const line = lineOf(id) ?? adopt(id);
    if (line) write(line, said);
  }
}

function typed({ target }) {
  const line = target.closest("[data-line]");
  if (!line) return;
  edits[line.dataset.line] = read(line);
  keep();
  say("warning", words("kept"));
}

async function send() {
  if (sending) return;
  sending = true;
  const sent = structuredClone(edits);
  const data = new FormData(form());
  if (everyone) data.append("everyone", everyone);
  say("info", words("sending"));
  try {
    const answer = await fetch(form().action, {
      method: "POST",
      body: data,
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await take(answer, sent);
  } catch {
    say("warning", words("kept"));
  }
  sending = false;
}

async function take(answer, sent) {
  if (answer.status === NOT_IN) {
    broken = true;
    return say("error", words("ended"), [words("enter"), words("enterWords")]);
  }
  if (!answer.ok && answer.status !== WRONG && answer.status !== REFUSED) {
    broken = answer.status < 500;
    return say("error", words(broken ? "refused" : "kept"));
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("form[data-presence]");
  if (answer.status === REFUSED || !next) {
    broken = true;
    const why = page.querySelector(".notice--error p")?.textContent ?? "";
    return say("error", `${why} ${words("refused")}`);
  }
  const wrong = new Set([...next.querySelectorAll(".presence__line--wrong")].map((line) => line.dataset.line));
  for (const [id, said] of Object.entries(sent)) {
    const asSent = JSON.stringify(edits[id]) === JSON.stringify(said);
    if (asSent && !wrong.has(id)) delete edits[id];
    else if (!asSent && lineIn(next, id)) edits[id].was = lineIn(next, id).querySelector('[name$="-was"]').value;
  }
  [wantsToSend, everyone] = [false, ""];
  keep();
  form().replaceChildren(...next.childNodes);
  show();
  if (Object.keys(edits).length && !wrong.size) say("warning", words("kept"));
}

function lineIn(page, id) {
  return page.querySelector(`[data-line="${CSS.escape(id)}"]`);
}

function again() {
  if (wantsToSend && !broken && navigator.onLine) send();
}

function pressed(event) {
  event.preventDefault();
  broken = false;
  wantsToSend = true;
  if (event.submitter?.name === "everyone") everyone = event.submitter.value;
  keep();
  send();
}

restore();
form().addEventListener("input", typed);
form().addEventListener("submit", pressed);
window.addEventListener("online", again);
window.setInterval(again, AGAIN);
again();
