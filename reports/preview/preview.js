// Follows what is saved: fetches the page again, puts it in place, keeps the place of reading, marks what changed.
"use strict";

const UNITS = "p, li, tr, h1, h2, h3, h4, h5, h6, figcaption, pre, img";
const button = document.querySelector(".bar button");
const away = document.querySelector(".bar .away");

const units = () => [...document.querySelectorAll("[data-live]:not(.told) :is(" + UNITS + ")")]
  .filter((unit) => !unit.querySelector(UNITS));
const sign = (unit) => unit.tagName + (unit.src || unit.textContent);
const bottomOfBar = () => document.querySelector(".bar").getBoundingClientRect().bottom;

function place() {
  const all = units();
  const at = all.findIndex((unit) => unit.getBoundingClientRect().bottom > bottomOfBar() + 1);
  if (at < 0 || window.scrollY === 0) return null;
  return { at, sign: sign(all[at]), top: all[at].getBoundingClientRect().top };
}

function restore(before) {
  if (!before) return;
  const all = units();
  const same = all.map((unit, at) => [unit, Math.abs(at - before.at)]).filter(([unit]) => sign(unit) === before.sign);
  same.sort((a, b) => a[1] - b[1]);
  const unit = same.length ? same[0][0] : all[Math.min(before.at, all.length - 1)];
  if (unit) window.scrollBy({ top: unit.getBoundingClientRect().top - before.top, behavior: "instant" });
}

function keep(next) {
  const images = new Map([...document.querySelectorAll("[data-live] img")].map((image) => [image.src, image]));
  for (const image of next.querySelectorAll("[data-live] img")) {
    const old = images.get(image.src);
    if (old && images.delete(image.src)) {
      old.alt = image.alt;
      image.replaceWith(old);
    }
  }
  const opened = [...document.querySelectorAll("[data-live] details")].map((details) => details.open);
  next.querySelectorAll("[data-live] details").forEach((details, n) => { details.open = opened[n] ?? false; });
}

function mark(old, all) {
  const before = new Set(old.map(sign)), now = new Set(all.map(sign));
  const changed = all.filter((unit) => !before.has(sign(unit)));
  const fresh = new Set(changed);
  const bySign = new Map();  // words that stand in several places stand for each of them
  all.forEach((unit) => bySign.set(sign(unit), [...(bySign.get(sign(unit)) ?? []), unit]));
  old.forEach((unit, n) => {
    if (now.has(sign(unit)) || n === 0) return;
    const places = bySign.get(sign(old[n - 1])) ?? [];
    const above = places.at(-1);
    if (above && !places.some((unit) => fresh.has(all[all.indexOf(unit) + 1]))) {
      above.classList.add("cut");
      changed.push(above);
    }
  });
  fresh.forEach((unit) => unit.classList.add("changed"));
  return changed;
}

let marked = [], turn = 0;
button.addEventListener("click", () => {
  const unit = marked[turn++ % marked.length];
  const top = unit.getBoundingClientRect().top + window.scrollY - bottomOfBar() - 40;
  window.scrollTo({ top, behavior: "smooth" });
});

function put(next) {
  const before = place(), old = units();
  const sideways = [...document.querySelectorAll(".wide")].map((wide) => wide.scrollLeft);
  keep(next);
  const parts = next.querySelectorAll("[data-live]");
  document.querySelectorAll("[data-live]").forEach((part, n) => parts[n] && part.replaceWith(parts[n]));
  document.querySelectorAll(".wide").forEach((wide, n) => { wide.scrollLeft = sideways[n] ?? 0; });
  const all = units();
  const found = old.length ? mark(old, all) : [];
  if (found.length) [marked, turn] = [[...new Set(found)].sort((a, b) => all.indexOf(a) - all.indexOf(b)), 0];
  else if (old.length !== all.length || !marked.every((unit) => unit.isConnected)) marked = [];
  button.hidden = !marked.length;
  button.querySelector("b").textContent = marked.length;
  document.title = next.title;
  document.querySelector(".bar .name")?.replaceChildren(next.querySelector(".bar .name")?.textContent ?? "");
  document.body.dataset.version = next.body.dataset.version;
  restore(before);
}

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch { /* the server is away: the line below says so, and tells when it is back */ }
  busy = false;
  if (again) { again = false; refresh(); }
}

// A line is open only while the page is looked at: a browser has few for one server.
let line = null;
function listen() {
  line?.close();
  line = null;
  if (document.hidden) return;
  line = new EventSource("/events");
  line.onopen = () => { away.hidden = true; };
  line.onerror = () => { away.hidden = false; };
  line.onmessage = (event) => { if (event.data !== document.body.dataset.version) refresh(); };
}
document.addEventListener("visibilitychange", listen);
window.addEventListener("pagehide", () => line?.close());
window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
listen();
