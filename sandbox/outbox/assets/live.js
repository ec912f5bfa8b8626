// Keeps the parts marked data-live fresh: the same page is read again every two
// seconds and the parts that differ are replaced. A part in which somebody is
// typing or has opened something is left alone.
"use strict";

const busy = (part) =>
  (part.contains(document.activeElement) && document.activeElement.matches("input, select, button")) ||
  [...part.querySelectorAll("input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

// The newest text stands at the end.
const toEnd = () => document.querySelectorAll(".bubbles").forEach((bubbles) => (bubbles.scrollTop = bubbles.scrollHeight));

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    if (part.parentElement.closest("[data-live]")) continue; // it comes with the part around it
    const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (!next || busy(part) || part.querySelector("details[open]") || part.innerHTML === next.innerHTML) continue;
    const bubbles = part.matches(".bubbles") ? part : part.querySelector(".bubbles");
    const atEnd = !bubbles || bubbles.scrollHeight - bubbles.scrollTop - bubbles.clientHeight < 40;
    part.innerHTML = next.innerHTML;
    if (atEnd) toEnd();
  }
}

// Whoever has closed the first steps wants them no more.
const first = document.querySelector("details.first");
if (first) {
  first.open = localStorage.getItem("outbox.first") !== "closed";
  first.addEventListener("toggle", () => localStorage.setItem("outbox.first", first.open ? "open" : "closed"));
}

toEnd();
setInterval(() => refresh().catch(() => {}), 2000);
