"use strict";
// Filters the list, draws the timeline, hands out the chosen events as a calendar file.

const data = JSON.parse(document.getElementById("data").textContent);
const form = document.getElementById("filters");
const chart = document.getElementById("chart");
const svg = chart.querySelector("svg");
const DAY = 86400000;
const SCALES = { year: 3, quarter: 8, month: 24 }; // pixels a day
const ROW = 20;
const HEAD = 46;
const ARROW = 18;
const MARGIN = 160; // for the names of what ends with the chart
const PAPER = 1120; // the width of a picture on paper, in pixels
const LANES = 30; // and how many lanes it has at most
const NEAR = 366; // days before and behind the report's year that the chart may show

const items = new Map(data.events.map((event) => [event.id, document.getElementById(event.id)]));
const texts = new Map([...items].map(([id, item]) => [id, item.textContent.toLowerCase()]));
const day = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
for (const event of data.events) {
  for (const span of event.spans) {
    span.from = day(span.first);
    span.to = day(span.last) + 1;
  }
}

function chosen() {
  const wanted = new FormData(form);
  const words = wanted.get("words").toLowerCase().split(/\s+/).filter(Boolean);
  const [kinds, states] = [wanted.getAll("kind"), wanted.getAll("status")];
  const department = wanted.get("department") ?? "";
  return data.events.filter(({ id }) => {
    const { kind, status, department: own } = items.get(id).dataset;
    return (
      (!kinds.length || kinds.includes(kind)) &&
      (!states.length || states.includes(status)) &&
      (!department || own === department) &&
      words.every((word) => texts.get(id).includes(word))
    );
  });
}

function zoom() {
  return chart.querySelector("input[name=zoom]:checked").value;
}

function update() {
  const events = chosen();
  const ids = new Set(events.map((event) => event.id));
  for (const [id, item] of items) item.hidden = !ids.has(id);
  for (const section of document.querySelectorAll(".quarter")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  document.getElementById("nothing").hidden = events.length > 0;
  document.getElementById("count").textContent = `${events.length}건`;
  document.getElementById("download").disabled = !events.some((event) => event.ics.length);
  remember();
  draw(events);
}

// What is chosen stands in the address, so that a view can be kept and sent on.

function remember() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) fields.append(name, value);
  if (zoom() !== "year") fields.set("zoom", zoom());
  const hash = fields.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function recall() {
  const fields = new URLSearchParams(location.hash.slice(1));
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = fields.getAll(field.name).includes(field.value);
    else if (field.name) field.value = fields.get(field.name) ?? "";
  }
  const level = chart.querySelector(`input[name=zoom][value="${CSS.escape(fields.get("zoom") ?? "year")}"]`);
  if (level) level.checked = true;
}

// The timeline

function node(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const width = (text) => [...text].reduce((sum, char) => sum + (char.codePointAt(0) > 0x2e7f ? 12 : 7), 0);
const shortened = (text) => ([...text].length > 36 ? [...text].slice(0, 35).join("") + "…" : text);

function period(events) {
  const spans = events.flatMap((event) => event.spans);
  const [start, stop] = [day(data.horizon[0]) - NEAR, day(data.horizon[1]) + NEAR];
  const near = spans.filter((span) => span.from < stop && span.to > start);
  const used = near.length
    ? near.map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, stop) }))
    : spans;
  const first = new Date(used.reduce((least, span) => Math.min(least, span.from), Infinity) * DAY);
  const last = new Date(used.reduce((most, span) => Math.max(most, span.to - 1), -Infinity) * DAY);
  const quarter = (date) => Math.floor(date.getUTCMonth() / 3) * 3;
  return [
    Date.UTC(first.getUTCFullYear(), quarter(first), 1) / DAY,
    Date.UTC(last.getUTCFullYear(), quarter(last) + 3, 1) / DAY,
  ];
}

function draw(events) {
  const drawn = events.filter((event) => event.spans.length);
  chart.hidden = !drawn.length;
  svg.replaceChildren();
  if (!drawn.length) return;
  const [begin, end] = period(drawn);
  const level = zoom();
  const scale = Math.max(SCALES[level], level === "year" ? 1080 / (end - begin) : 0);
  const x = scaled(begin, end, scale);
  const shapes = packed(drawn.filter((event) => visible(event, begin, end)), x, x(end) + MARGIN);
  paint(svg, shapes, { begin, end, level, x });
  svg.querySelector(".event")?.setAttribute("tabindex", "0");
  const outside = drawn.length - shapes.length;
  chart.querySelector(".outside").textContent = outside ? `연표 밖의 일정 ${outside}건은 목록에 있습니다.` : "";
  const now = day(data.today);
  const shown = now >= begin && now < end ? now : day(data.horizon[0]);
  svg.parentElement.scrollLeft = x(shown) - svg.parentElement.clientWidth / 3;
  follow();
}

const scaled = (begin, end, scale) => (at) =>
  Math.round((Math.min(Math.max(at, begin), end) - begin) * scale * 10) / 10;

// Paint shapes into a picture, its lanes from the first one that they have.
function paint(picture, shapes, { begin, end, level, x }) {
  const first = shapes.reduce((least, { lane }) => Math.min(least, lane), Infinity);
  const rows = shapes.reduce((most, { lane }) => Math.max(most, lane - first + 1), 1);
  const size = { width: Math.ceil(x(end)) + MARGIN, height: HEAD + rows * ROW + 12 };
  for (const [key, value] of Object.entries(size)) picture.setAttribute(key, value);
  picture.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  const sessions = data.events.filter((event) => event.kind === "session");
  const parts = [...bands(sessions, x, size), ...grid(begin, end, level, x, size)];
  const now = day(data.today);
  if (now >= begin && now < end) {
    const at = x(now + 0.5);
    parts.push(node("line", { class: "today", x1: at, x2: at, y1: 16, y2: size.height }));
  }
  parts.push(...shapes.map((shape) => figure({ ...shape, lane: shape.lane - first }, x)));
  picture.append(...parts);
}

// On paper the report's year fills the width of a page, so many lanes a page.
function drawForPaper() {
  const paper = chart.querySelector(".paper");
  const [begin, end] = [day(data.horizon[0]), day(data.horizon[1]) + 1];
  const x = scaled(begin, end, (PAPER - MARGIN) / (end - begin));
  const drawn = chosen().filter((event) => event.spans.length && visible(event, begin, end));
  const shapes = packed(drawn, x, PAPER);
  const pages = [];
  for (const shape of shapes) (pages[Math.floor(shape.lane / LANES)] ??= []).push(shape);
  paper.replaceChildren(
    ...pages.filter(Boolean).map((page) => {
      const picture = node("svg", { class: "page" });
      paint(picture, page, { begin, end, level: "year", x });
      return picture;
    }),
  );
}

addEventListener("beforeprint", drawForPaper);

const visible = (event, begin, end) => event.spans.some((span) => span.from < end && span.to > begin);

// Where a span is drawn: an open side takes the length of an arrow.
function extent(span, x) {
  const [from, to] = [x(span.from), Math.max(x(span.to), x(span.from) + 4)];
  if (span.open === "end") return [from, from + ARROW];
  if (span.open === "start") return [to - ARROW, to];
  return [from, to];
}

// Find room for each event and its name: within it, to the right of it, or at the edge to the left.
function packed(events, x, edge) {
  const shapes = events.map((event) => {
    const extents = event.spans.map((span) => extent(span, x));
    const from = Math.min(...extents.map(([left]) => left));
    const to = Math.max(...extents.map(([, right]) => right));
    const label = shortened(event.title);
    const inside = extents.length === 1 && to - from > width(label) + 12;
    if (inside) return { event, label, from, to, at: from + 6, inside, bar: to };
    const wide = width(label) + 5;
    if (to + wide > edge && from > wide) return { event, label, from: from - wide, to, at: from - wide };
    return { event, label, from, to: to + wide, at: to + 5 };
  });
  const sessions = shapes.filter(({ event }) => event.kind === "session");
  const others = shapes.filter(({ event }) => event.kind !== "session");
  return [...lanes(others, lanes(sessions, [])), ...sessions].sort((a, b) => a.lane - b.lane || a.from - b.from);
}

// Give each shape the first free lane below those of other shapes.
function lanes(shapes, above) {
  const base = above.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const ends = [];
  shapes.sort((a, b) => a.from - b.from);
  for (const shape of shapes) {
    const free = ends.findIndex((taken) => taken + 8 < shape.from);
    const lane = free < 0 ? ends.length : free;
    shape.lane = base + lane;
    ends[lane] = shape.to;
  }
  return shapes;
}

function bands(events, x, size) {
  const sessions = events.filter((event) => event.kind === "session");
  return sessions.flatMap(({ spans }) =>
    spans.map(({ from, to }) =>
      node("rect", { class: "session", x: x(from), width: x(to) - x(from), y: HEAD - 4, height: size.height }),
    ),
  );
}

function grid(begin, end, level, x, size) {
  const parts = [];
  const line = (at, top) => parts.push(node("line", { class: "grid", x1: x(at), x2: x(at), y1: top, y2: size.height }));
  const head = (at, y, text) => parts.push(node("text", { class: "head", x: x(at) + 4, y }, text));
  for (let at = begin; at < end; at++) {
    const date = new Date(at * DAY);
    const [month, first] = [date.getUTCMonth(), date.getUTCDate() === 1];
    if (first && month % 3 === 0) {
      line(at, 0);
      head(at, 13, `${date.getUTCFullYear()}년 ${month / 3 + 1}분기`);
    } else if (first) {
      line(at, 18);
    }
    if (first) head(at, 29, `${month + 1}월`);
    if (level !== "year" && date.getUTCDay() === 1) {
      if (level === "month") line(at, 32);
      head(at, 42, String(date.getUTCDate()));
    }
  }
  return parts;
}

function figure({ event, label, lane, at, inside, bar }, x) {
  const y = HEAD + lane * ROW;
  const item = items.get(event.id);
  const when = item.querySelector(".when").textContent.replace(/\s+/g, " ").trim();
  const group = node("g", {
    class: "event", role: "button", tabindex: "-1", "data-id": event.id, "aria-label": `${event.title}, ${when}`,
  });
  for (const span of event.spans) group.append(...drawnSpan(span, event.color, y, x));
  const text = node("text", { x: at, y: y + 12 }, label);
  if (inside) Object.assign(text.dataset, { from: at, to: bar - width(label) - 6 });
  group.append(text, node("title", {}, `${when} ${event.title}`));
  return group;
}

function drawnSpan(span, color, y, x) {
  const [from, to] = extent(span, x);
  const middle = y + 8;
  const inexact = span.sort === "inexact";
  if (span.open) {
    const [tail, tip] = span.open === "end" ? [from, to - 2] : [to, from + 2];
    const path = `M${tail} ${middle - 5}V${middle + 5}M${tail} ${middle}H${tip}l${(tail - tip) / 3} -4m${(tip - tail) / 3} 4l${(tail - tip) / 3} 4`;
    return [node("path", { d: path, stroke: color, fill: "none", "stroke-width": 2, ...(inexact && { class: "inexact" }) })];
  }
  if (!inexact && span.to - span.from === 1) {
    const at = (x(span.from) + x(span.to)) / 2;
    return [node("path", { d: `M${at} ${middle - 6}l6 6l-6 6l-6 -6z`, fill: color })];
  }
  const box = { x: from, y: y + 1, width: to - from, height: 14, rx: 3, fill: color };
  return [node("rect", inexact ? { ...box, class: "inexact", stroke: color } : { ...box, "fill-opacity": 0.55 })];
}

// The name of a long bar stays in sight while the chart is scrolled.
function follow() {
  const left = svg.parentElement.scrollLeft + 6;
  for (const text of svg.querySelectorAll("text[data-from]")) {
    const { from, to } = text.dataset;
    text.setAttribute("x", Math.min(Math.max(Number(from), left), Math.max(Number(to), Number(from))));
  }
}

svg.parentElement.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });

// From the timeline to the list

function show(id) {
  const details = items.get(id).querySelector("details");
  details.open = true;
  details.querySelector("summary").focus({ preventScroll: true });
  details.scrollIntoView({ block: "center" });
}

svg.addEventListener("click", ({ target }) => {
  const event = target.closest(".event");
  if (event) show(event.dataset.id);
});

svg.addEventListener("keydown", (pressed) => {
  const event = pressed.target.closest(".event");
  if (!event) return;
  if (pressed.key === "Enter" || pressed.key === " ") show(event.dataset.id);
  else if (pressed.key === "ArrowRight" || pressed.key === "ArrowDown") move(event, event.nextElementSibling);
  else if (pressed.key === "ArrowLeft" || pressed.key === "ArrowUp") move(event, event.previousElementSibling);
  else return;
  pressed.preventDefault();
});

function move(event, other) {
  if (!other?.classList.contains("event")) return;
  event.setAttribute("tabindex", "-1");
  other.setAttribute("tabindex", "0");
  other.focus();
}

// The calendar file

document.getElementById("download").addEventListener("click", () => {
  const placed = chosen().flatMap((event) => event.ics);
  const entries = placed.sort(([a], [b]) => a - b).map(([, entry]) => entry);
  const { head, zone, end } = data.calendar;
  const timed = entries.some((entry) => entry.includes(";TZID="));
  const file = new Blob([head, timed ? zone : "", ...entries, end], { type: "text/calendar;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${document.title}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});

let waiting = 0;
form.addEventListener("input", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(update);
});
form.addEventListener("reset", () => setTimeout(update));
form.addEventListener("submit", (event) => event.preventDefault());
chart.querySelector(".zoom").addEventListener("change", update);
addEventListener("hashchange", () => {
  recall();
  update();
});
recall();
update();
