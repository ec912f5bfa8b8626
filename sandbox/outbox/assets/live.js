// Keeps the parts marked data-live fresh: the same page is read again every two
// seconds and the parts that differ are replaced. A part in which somebody is
// typing or has opened something is left alone.
"use strict";

const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, button");

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (!next || busy(part) || part.querySelector("details[open]") || part.innerHTML === next.innerHTML) continue;
    const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
    part.innerHTML = next.innerHTML;
    if (atEnd && part.dataset.live === "talk") part.scrollTop = part.scrollHeight;
  }
}

const talk = document.querySelector('[data-live="talk"]');
if (talk) talk.scrollTop = talk.scrollHeight;
setInterval(() => refresh().catch(() => {}), 2000);
