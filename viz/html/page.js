"use strict";
// The timeline of one recording. Everything that is shown comes from the JSON in #data; text is only ever set with
// textContent or drawn on a canvas, so a name cannot become markup.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const MIN_SPAN = 10;
let ROW = 26, BAR = 16; // px; few lanes get more of the room
const STATES = ["ready", "running", "waiting", "done", "iteration", "busy"];
const READY = 0, RUNNING = 1, WAITING = 2, DONE = 3, ITERATION = 4, BUSY = 5;

const lanes = data.lanes;
const laneAt = new Map(lanes.map((lane, i) => [lane.x, i]));
const state = {
  t0: data.from, t1: data.end > data.from ? data.end : data.from + 1, // the window, ns
  head: null, // playhead, ns: what comes after is not shown; null: all is shown
  playing: false, lane: -1, slice: -1, hover: null, found: -1, query: "",
};

// ---- times

const UNITS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];
function unitOf(ns) {
  return ns >= 10e9 ? UNITS[0] : ns >= 1e6 || ns === 0 ? UNITS[1] : ns >= 1e3 ? UNITS[2] : UNITS[3];
}
function time(ns, unit = unitOf(ns)) {
  return String(Math.floor(ns / unit[0] * 1000) / 1000) + " " + unit[1];
}

// ---- colours: the style sheet's, so that a theme is in one place

let colour = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["page", "panel", "line", "text", "soft", "running", "ready", "blocked", "waiting", "level",
                      "ink", "cancelled", "overdue", "mark", "select", "focus"])
    colour[name] = style.getPropertyValue("--" + name).trim();
  patterns.clear();
}
// States differ by pattern too: a printer has no colours, and not every eye has all of them.
const patterns = new Map();
function pattern(c, kind) {
  if (patterns.has(kind)) return patterns.get(kind);
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const g = tile.getContext("2d");
  g.fillStyle = kind === "ready" ? colour.ready : colour.blocked;
  g.fillRect(0, 0, 6, 6);
  g.fillStyle = colour.ink;
  if (kind === "ready") {
    g.globalAlpha = 0.55;
    g.fillRect(1, 1, 1.5, 1.5);
    g.fillRect(4, 4, 1.5, 1.5);
  } else {
    g.globalAlpha = 0.35;
    for (let i = 0; i < 6; i++) { g.fillRect(i, 5 - i, 1.4, 1.4); }
  }
  patterns.set(kind, c.createPattern(tile, "repeat"));
  return patterns.get(kind);
}

// ---- geometry

const view = $("view"), ruler = $("ruler"), scroll = $("scroll");
let width = 100, height = 100, ratio = 1, font = "13px sans-serif";
function xOf(t) { return (t - state.t0) / (state.t1 - state.t0) * width; }
function tOf(x) { return state.t0 + x / width * (state.t1 - state.t0); }
function shownEnd() { return state.head === null ? Infinity : state.head; }
function resize() {
  ratio = window.devicePixelRatio || 1;
  const axis = $("axis").clientWidth - $("clock").offsetWidth;
  ROW = Math.min(Math.max(Math.floor(scroll.clientHeight / (lanes.length + 1)), 26), 42);
  BAR = ROW - 10;
  document.documentElement.style.setProperty("--row", ROW + "px");
  font = Math.round(13 + (ROW - 26) / 6) + "px " + getComputedStyle(document.body).fontFamily;
  width = Math.max(60, Math.min(axis, scroll.clientWidth - $("clock").offsetWidth));
  height = Math.max(40, scroll.clientHeight);
  for (const [canvas, h] of [[view, height], [ruler, 28]]) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(h * ratio);
    canvas.style.width = width + "px";
    canvas.style.height = h + "px";
  }
  draw();
}
const MARGIN = 0.015; // of the recording, on both sides: what happens at the very end must be seen
function fitAll() {
  const all = Math.max(1, data.end - data.from);
  setWindow(data.from - all * MARGIN, data.from + all * (1 + MARGIN));
}
function setWindow(t0, t1) {
  const all = Math.max(1, data.end - data.from);
  const span = Math.min(Math.max(t1 - t0, MIN_SPAN), all * (1 + 2 * MARGIN));
  t0 = Math.min(Math.max(t0, data.from - all * MARGIN), data.from + all * (1 + MARGIN) - span);
  state.t0 = t0;
  state.t1 = t0 + span;
  draw();
}
function zoom(factor, at = (state.t0 + state.t1) / 2) {
  setWindow(at - (at - state.t0) * factor, at + (state.t1 - at) * factor);
}
function pan(part) {
  const by = (state.t1 - state.t0) * part;
  setWindow(state.t0 + by, state.t1 + by);
}
// First slice that ends at or after t: slices are in order and do not overlap.
function firstAt(slices, t) {
  let low = 0, high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slices[middle][1] < t) low = middle + 1; else high = middle;
  }
  return low;
}

// ---- drawing

let due = false;
function draw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; paint(); });
}
function steps(span) { // a round step, so that labels have about 110 px each
  const wish = span / (width / 110);
  let step = Math.pow(10, Math.floor(Math.log10(wish)));
  for (const n of [1, 2, 5, 10]) if (step * n >= wish) return step * n;
  return step * 10;
}
function paintRuler(c) {
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, width, 28);
  c.font = "12px " + getComputedStyle(document.body).fontFamily;
  c.fillStyle = colour.soft;
  c.strokeStyle = colour.line;
  const step = steps(state.t1 - state.t0), unit = unitOf(Math.max(step, (state.t1 - state.t0) / 10));
  for (let t = Math.ceil(Math.max(state.t0, 0) / step) * step; t <= Math.min(state.t1, data.end + step / 9); t += step) {
    const x = xOf(t), label = time(Math.round(t), unit);
    c.beginPath(); c.moveTo(x, 20); c.lineTo(x, 28); c.stroke();
    c.fillText(label, Math.min(Math.max(2, x - c.measureText(label).width / 2), width - c.measureText(label).width - 2), 16);
  }
}
function paintGrid(c) {
  c.strokeStyle = colour.line;
  c.globalAlpha = 0.5;
  c.beginPath();
  const step = steps(state.t1 - state.t0);
  for (let t = Math.ceil(Math.max(state.t0, 0) / step) * step; t <= Math.min(state.t1, data.end + step / 9); t += step) {
    const x = Math.round(xOf(t)) + 0.5;
    c.moveTo(x, 0); c.lineTo(x, height);
  }
  c.stroke();
  c.globalAlpha = 1;
}
function label(c, text, x0, x1, y, ink) {
  const room = x1 - x0 - 10;
  if (!text || room < 18) return;
  if (c.measureText(text).width > room) {
    if (room < 40) return;
    while (text.length > 1 && c.measureText(text + "…").width > room) text = text.slice(0, -1);
    text += "…";
  }
  c.fillStyle = ink;
  c.fillText(text, x0 + 5, y + 4.5);
}
// A word on a line: the line is interrupted for it.
function label2(c, text, x0, x1, y, ink) {
  const w = c.measureText(text).width;
  if (!text || x1 - x0 < w + 24) return;
  const at = (Math.max(x0, 0) + Math.min(x1, width)) / 2 - w / 2;
  c.fillStyle = colour.page;
  c.fillRect(at - 5, y - 9, w + 10, 18);
  c.fillStyle = ink;
  c.fillText(text, at, y + 4.5);
}
function paintSlice(c, slice, y) {
  const end = Math.min(slice[1], shownEnd());
  const x0 = Math.max(-4, xOf(slice[0])), x1 = Math.min(width + 4, xOf(end));
  const top = y - BAR / 2, kind = slice[2];
  if (kind === WAITING) {
    // Its time has come, but the loop has not got round to it: overdue, which is nobody's wish.
    const late = slice[5] !== null && slice[5] < end ? Math.max(x0, xOf(slice[5])) : x1;
    c.fillStyle = colour.waiting;
    c.fillRect(x0, y - 1, Math.max(0, late - x0), 2);
    label2(c, slice[4] || slice[3], x0, late, y, colour.soft);
    if (x1 - late >= 1) {
      c.strokeStyle = colour.overdue;
      c.lineWidth = 5;
      c.setLineDash([2, 4]);
      c.beginPath(); c.moveTo(late, y); c.lineTo(x1, y); c.stroke();
      c.setLineDash([]);
      label2(c, "overdue", late, x1, y, colour.text);
    }
  } else if (kind === READY) {
    c.fillStyle = pattern(c, "ready");
    c.fillRect(x0, top, Math.max(2, x1 - x0), BAR);
    if (x1 - x0 > 50) {
      c.fillStyle = colour.ready;
      c.fillRect(x0 + 3, top + 1, c.measureText("ready").width + 5, BAR - 2);
      label(c, "ready", x0, x1, y, colour.ink);
    }
  } else if (kind === RUNNING) {
    const blocks = end - slice[0] >= data.blocked;
    c.fillStyle = blocks ? pattern(c, "blocked") : colour.running;
    c.fillRect(x0 - (x1 - x0 < 3 ? 1.5 : 0), top, Math.max(3, x1 - x0), BAR);
    if (blocks && x1 - x0 > 30) {
      const text = "blocks for " + time(end - slice[0]), w = c.measureText(text).width;
      if (x1 - x0 > w + 12) {
        c.fillStyle = colour.blocked;
        c.fillRect(x0 + 2, top + 1, w + 6, BAR - 2);
      }
      label(c, text, x0, x1, y, colour.ink);
    }
  } else if (kind === DONE) {
    paintEnd(c, slice, xOf(slice[0]), y);
  } else if (kind === ITERATION) {
    c.fillStyle = colour.soft;
    c.fillRect(x0, y - 5, Math.max(1.5, x1 - x0), 10);
  } else {
    c.fillStyle = colour.running;
    c.globalAlpha = 0.75;
    c.fillRect(x0, top, Math.max(2, x1 - x0), BAR);
    c.globalAlpha = 1;
    label(c, slice[4], x0, x1, y, colour.ink);
  }
}
function paintEnd(c, slice, x, y) {
  if (slice[3] === "result") {
    c.fillStyle = colour.text;
    c.fillRect(x + 1, y - 4, 8, 8);
    return;
  }
  c.fillStyle = slice[3] === "error" ? colour.blocked : colour.cancelled;
  c.strokeStyle = colour.ink;
  c.lineWidth = 1;
  c.fillRect(x + 1, y - 8, 16, 16);
  c.strokeRect(x + 1.5, y - 7.5, 15, 15);
  c.fillStyle = colour.ink;
  c.font = "bold 12px sans-serif";
  c.fillText(slice[3] === "error" ? "E" : "×", x + 5, y + 4);
  c.font = font;
}
function paintLevel(c, lane, y) {
  const s = lane.s, top = Math.max(1, lane.max);
  if (s.length === 0) return;
  let low = 0, high = s.length;
  while (low < high) { const m = (low + high) >> 1; if (s[m][0] < state.t0) low = m + 1; else high = m; }
  for (let i = Math.max(0, low - 1); i < s.length && s[i][0] <= Math.min(state.t1, shownEnd()); i++) {
    const end = Math.min(i + 1 < s.length ? s[i + 1][0] : data.end, shownEnd());
    const x0 = Math.max(0, xOf(s[i][0])), x1 = Math.min(width, xOf(end));
    const h = Math.max(2, s[i][1] / top * (ROW - 8));
    if (x1 <= x0) continue;
    c.fillStyle = s[i][1] > 0 ? colour.level : colour.blocked;
    c.fillRect(x0, y + ROW / 2 - 4 - h, x1 - x0, h);
    label(c, s[i][1] + (lane.cap > 0 ? " of " + lane.cap : "") + (s[i][2] ? ", " + s[i][2] + " waiting" : ""), x0, x1, y,
          colour.text);
  }
}
function paintArrow(c) {
  const slice = selectedSlice();
  if (!slice || slice[2] !== READY || !laneAt.has(slice[6]) || slice[0] > shownEnd()) return;
  const from = laneAt.get(slice[6]);
  if (from === state.lane) return;
  const x = xOf(slice[0]), y0 = yOf(from), y1 = yOf(state.lane), way = Math.sign(y1 - y0);
  c.strokeStyle = c.fillStyle = colour.focus;
  c.lineWidth = 2;
  c.beginPath(); c.moveTo(x, y0); c.lineTo(x, y1 - way * 9); c.stroke();
  c.beginPath(); c.moveTo(x, y1 - way * 2); c.lineTo(x - 5, y1 - way * 11); c.lineTo(x + 5, y1 - way * 11); c.fill();
  c.beginPath(); c.arc(x, y0, 4, 0, 7); c.fill();
}
function yOf(i) { return i * ROW + ROW / 2 - scroll.scrollTop; }
function paintLanes(c) {
  const first = Math.max(0, Math.floor(scroll.scrollTop / ROW));
  const last = Math.min(lanes.length - 1, Math.ceil((scroll.scrollTop + height) / ROW));
  for (let i = first; i <= last; i++) {
    const lane = lanes[i], y = yOf(i);
    if (i === state.lane) {
      c.fillStyle = colour.select;
      c.fillRect(0, y - ROW / 2, width, ROW);
    }
    if (lane.k === "object") { paintLevel(c, lane, y); continue; }
    // What is too narrow to be told apart is drawn once a pixel, the most important thing last.
    let lastX = -9, lastKind = -1;
    for (let k = firstAt(lane.s, state.t0); k < lane.s.length; k++) {
      const slice = lane.s[k];
      if (slice[0] > state.t1 || slice[0] > shownEnd()) break;
      const x = Math.round(xOf(slice[0]) * 2);
      if (x === lastX && slice[2] === lastKind && slice[1] - slice[0] < (state.t1 - state.t0) / width / 2) continue;
      lastX = x;
      lastKind = slice[2];
      paintSlice(c, slice, y);
    }
    for (const cancel of lane.c || []) {
      if (cancel[0] > shownEnd() || cancel[0] < state.t0 || cancel[0] > state.t1) continue;
      c.fillStyle = colour.blocked;
      c.font = "bold 12px sans-serif";
      c.fillText("c", xOf(cancel[0]) - 9, y - 3);
      c.font = font;
    }
  }
}
function paintLines(c) {
  c.font = "12px sans-serif";
  let taken = -1; // a name that would lie over another is left out; the log has them all
  for (const mark of data.marks) {
    if (mark[0] > shownEnd()) break;
    const x = xOf(mark[0]);
    if (x < 0 || x > width) continue;
    c.strokeStyle = c.fillStyle = colour.mark;
    c.setLineDash([4, 4]);
    c.beginPath(); c.moveTo(x, 0); c.lineTo(x, height); c.stroke();
    c.setLineDash([]);
    const name = (mark[1] || mark[2]).slice(0, 24), w = c.measureText(name).width, at = x + 4 + w > width ? x - 4 - w : x + 4;
    if (at < taken) continue;
    c.fillText(name, at, height - 6);
    taken = at + w + 8;
  }
  if (state.hover) {
    const x = Math.round(state.hover.x) + 0.5;
    c.strokeStyle = colour.soft;
    c.lineWidth = 1;
    c.beginPath(); c.moveTo(x, 0); c.lineTo(x, height); c.stroke();
  }
  if (state.head !== null) {
    const x = xOf(state.head);
    c.strokeStyle = colour.focus;
    c.lineWidth = 2;
    c.beginPath(); c.moveTo(x, 0); c.lineTo(x, height); c.stroke();
  }
}
function paintSelected(c) {
  const slice = selectedSlice();
  if (!slice || slice[0] > shownEnd()) return;
  const x0 = xOf(slice[0]), x1 = Math.max(x0 + 4, xOf(Math.min(slice[1], shownEnd())));
  c.strokeStyle = colour.focus;
  c.lineWidth = 2;
  c.strokeRect(x0 - 2, yOf(state.lane) - BAR / 2 - 2, x1 - x0 + 4, BAR + 4);
}
// The critical path: a line along the lanes, and from lane to lane where one task had to wait for another.
function paintPath(c) {
  if (!state.path) return;
  let last = null;
  for (const [t0, t1, lane] of data.path || []) {
    if (t0 > shownEnd() || t0 > state.t1) break;
    const y = laneAt.has(lane) ? yOf(laneAt.get(lane)) + BAR / 2 + 2 : null;
    const x0 = Math.max(-4, xOf(t0)), x1 = Math.min(width + 4, xOf(Math.min(t1, shownEnd())));
    if (y !== null && x1 > x0) {
      c.fillStyle = colour.blocked;
      if (last !== null && last !== y && x0 >= 0) c.fillRect(x0 - 1, Math.min(last, y), 2, Math.abs(y - last) + 3);
      c.fillRect(x0, y, Math.max(2, x1 - x0), 3);
    }
    if (y !== null) last = y;
  }
}
function pathWords() {
  const parts = data.path || [], all = parts.reduce((sum, p) => sum + p[1] - p[0], 0), kinds = new Map();
  for (const [t0, t1, , kind] of parts) kinds.set(kind, (kinds.get(kind) || 0) + t1 - t0);
  const words = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, ns]) => kind + " " + time(ns) + " (" + Math.round(ns / all * 100) + " %)");
  return all > 0 ? "The critical path, why the run took that long: " + time(all) + ", " + words.join(", ") + "." :
    "There is no critical path: no task took any time.";
}
function switchPath() {
  state.path = !state.path;
  showDetail();
  draw();
}
function paint() {
  const c = view.getContext("2d");
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, width, height);
  c.font = font;
  paintGrid(c);
  paintLanes(c);
  paintPath(c);
  paintSelected(c);
  paintArrow(c);
  paintLines(c);
  paintRuler(ruler.getContext("2d"));
  const at = state.hover ? tOf(state.hover.x) : state.head;
  $("clock").textContent = at === null ? time(data.end) : time(Math.max(0, Math.round(at)), unitOf(data.end)) + " of " + time(data.end);
}

// ---- words

function selectedSlice() {
  const lane = lanes[state.lane];
  return lane && lane.k !== "object" ? lane.s[state.slice] : undefined;
}
function words(lane, slice) {
  const span = time(slice[1] - slice[0]) + ", from " + time(slice[0]) + " to " + time(slice[1]);
  const by = laneAt.has(slice[6]) ? lanes[laneAt.get(slice[6])].n : slice[6] === 0 ? "the loop" : "";
  switch (slice[2]) {
  case READY:
    return ["is ready, " + span, "It could run, and waits for its turn." + (by ? " Woken by " + by : "") +
      (slice[3] ? " (" + slice[3] + ")." : "")];
  case RUNNING:
    return [(slice[1] - slice[0] >= data.blocked ? "blocks the loop, " : "runs, ") + span,
      slice[1] - slice[0] >= data.blocked ? "Nobody else gets a turn meanwhile." : ""];
  case WAITING:
    return ["waits, " + span, "For " + (slice[3] || "something") + (slice[4] ? " " + slice[4] : "") +
      (slice[5] !== null ? ", until " + time(slice[5]) : "") +
      (slice[5] !== null && slice[5] < slice[1] ? "; overdue by " + time(slice[1] - slice[5]) : "") + (slice[7] ? ". Still waiting at the end." : ".")];
  case DONE:
    return ["is done at " + time(slice[0]) + ": " + slice[3], slice[4] || ""];
  case ITERATION:
    return ["one iteration, " + span, ""];
  default:
    return ["is busy, " + span, slice[4] ? "Works for " + slice[4] + "." : ""];
  }
}
function add(parent, tag, text, cls) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (cls) element.className = cls;
  parent.appendChild(element);
  return element;
}
function showDetail() {
  const box = $("detail"), lane = lanes[state.lane], slice = selectedSlice();
  box.replaceChildren();
  if (state.path) add(box, "p", pathWords());
  if (!lane) {
    if (!state.path) add(box, "p", "Choose a state with the mouse or the arrow keys; ? lists the keys.");
    return;
  }
  const head = add(box, "p", "");
  add(head, "strong", lane.n);
  if (lane.k === "object")
    add(head, "span", " is a " + lane.kind + (lane.cap > 0 ? " of " + lane.cap : ""));
  if (!slice) return;
  const [first, second] = words(lane, slice);
  add(head, "span", " " + first);
  if (second) add(box, "p", second);
  if (slice[8]) add(add(box, "p", ""), "code", slice[8]);
  if (lane.p) add(box, "p", "Started by " + lane.p + ".");
}
function select(lane, slice) {
  state.lane = lane;
  state.slice = slice;
  document.querySelectorAll("#names li[aria-selected='true']").forEach((li) => li.setAttribute("aria-selected", "false"));
  const li = $("names").children[lane];
  if (li) {
    li.setAttribute("aria-selected", "true");
    const top = lane * ROW;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    if (top + ROW > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + ROW - scroll.clientHeight;
  }
  const s = selectedSlice();
  if (s && (s[1] < state.t0 || s[0] > state.t1)) {
    const half = (state.t1 - state.t0) / 2;
    setWindow(s[0] - half, s[0] + half);
  }
  showDetail();
  draw();
}
function nearest(lane, t) {
  const slices = lanes[lane].s;
  if (lanes[lane].k === "object" || slices.length === 0) return -1;
  let k = Math.min(firstAt(slices, t), slices.length - 1);
  while (k + 1 < slices.length && slices[k + 1][0] <= t && slices[k][1] <= t) k++;
  return k;
}
function moveLane(by) {
  const lane = Math.min(Math.max(state.lane < 0 ? 0 : state.lane + by, 0), lanes.length - 1);
  const slice = selectedSlice();
  select(lane, nearest(lane, slice ? slice[0] : state.t0));
}
function moveSlice(by) {
  if (state.lane < 0) { moveLane(0); return; }
  const lane = lanes[state.lane];
  if (lane.k !== "object" && lane.s.length > 0)
    select(state.lane, Math.min(Math.max(state.slice + by, 0), lane.s.length - 1));
}
function toWaker() {
  const lane = lanes[state.lane];
  if (!lane || lane.k !== "task") return;
  for (let k = state.slice; k >= 0; k--) {
    const slice = lane.s[k];
    if (slice[2] !== READY) continue;
    if (!laneAt.has(slice[6])) return;
    const from = laneAt.get(slice[6]), slices = lanes[from].s;
    // Several slices of the waker may touch that instant: the one in which it ran.
    let at = nearest(from, slice[0]);
    for (let i = 0; i < slices.length && slices[i][0] <= slice[0]; i++)
      if (slices[i][2] === RUNNING && slices[i][1] >= slice[0]) at = i;
    select(from, at);
    return;
  }
}
function toWakee() {
  const slice = selectedSlice(), me = lanes[state.lane];
  if (!slice) return;
  let best = null;
  lanes.forEach((lane, i) => {
    if (lane.k !== "task" || i === state.lane) return;
    for (let k = firstAt(lane.s, slice[0]); k < lane.s.length; k++) {
      const s = lane.s[k];
      if (s[2] !== READY || s[6] !== me.x || s[0] < slice[0]) continue;
      if (!best || s[0] < best[2]) best = [i, k, s[0]];
      break;
    }
  });
  if (best) select(best[0], best[1]);
}

// ---- search

function search(by) {
  const query = state.query.toLowerCase();
  const hits = [];
  lanes.forEach((lane, i) => {
    const hit = query !== "" && lane.n.toLowerCase().includes(query);
    $("names").children[i].classList.toggle("match", hit);
    if (hit) hits.push(i);
  });
  if (hits.length === 0) {
    $("found").textContent = query ? "not found" : "";
    return;
  }
  if (by !== 0) state.found = (state.found + by + hits.length) % hits.length;
  else state.found = Math.max(0, Math.min(state.found, hits.length - 1));
  $("found").textContent = (state.found + 1) + " of " + hits.length;
  select(hits[state.found], nearest(hits[state.found], state.t0));
}

// ---- playing: time runs as it did; a short recording is slowed, a long one hurried, to be over in half a minute

let before = 0;
function tick(now) {
  if (!state.playing) return;
  const span = data.end - data.from, seconds = Math.min(Math.max(span / 1e9, 4), 30);
  state.head += (now - before) / 1000 * span / seconds;
  before = now;
  if (state.head >= data.end) {
    state.head = null;
    state.playing = false;
  } else if (state.head > state.t1) {
    pan(0.8);
  }
  showPlaying();
  draw();
  requestAnimationFrame(tick);
}
function play() {
  state.playing = !state.playing;
  if (state.playing) {
    if (state.head === null) state.head = data.from;
    before = performance.now();
    requestAnimationFrame(tick);
  }
  showPlaying();
  draw();
}
function showPlaying() {
  $("play").textContent = state.playing ? "▌▌ hold" : "▶ play";
  const rows = $("log").children;
  for (let i = 0; i < rows.length; i++) rows[i].classList.toggle("future", notes[i][0] > shownEnd());
}
function seek(t) {
  state.head = t;
  state.playing = false;
  showPlaying();
  draw();
}

// ---- mouse

function pick(event) {
  const box = view.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  const lane = Math.floor((y + scroll.scrollTop) / ROW);
  if (lane < 0 || lane >= lanes.length) return { x, y, lane: -1, slice: -1 };
  const slices = lanes[lane].s, t = tOf(x), near = (state.t1 - state.t0) / width * 4;
  let best = -1;
  if (lanes[lane].k !== "object")
    for (let k = firstAt(slices, t - near); k < slices.length && slices[k][0] <= t + near; k++) {
      const inside = slices[k][0] <= t && slices[k][1] >= t;
      // A step of no length is drawn wider than it is; it wins over the waiting around it.
      if (best < 0 || slices[k][2] === RUNNING || (inside && slices[best][2] !== RUNNING)) best = k;
    }
  return { x, y, lane, slice: best };
}
function showTip(event, at) {
  const tip = $("tip"), lane = lanes[at.lane], slice = lane && lane.k !== "object" ? lane.s[at.slice] : undefined;
  tip.hidden = !slice || slice[0] > shownEnd();
  if (tip.hidden) return;
  tip.replaceChildren();
  const [first, second] = words(lane, slice);
  add(tip, "b", lane.n);
  add(tip, "span", " " + first);
  if (second) add(tip, "div", second);
  const x = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
  const y = event.clientY + 18 + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18;
  tip.style.left = Math.max(4, x) + "px";
  tip.style.top = y + "px";
}
let drag = null;
view.addEventListener("pointerdown", (event) => {
  drag = { x: event.clientX, t0: state.t0, t1: state.t1, moved: false };
  view.setPointerCapture(event.pointerId);
});
view.addEventListener("pointermove", (event) => {
  const at = pick(event);
  state.hover = at;
  if (drag) {
    const by = (drag.x - event.clientX) / width * (drag.t1 - drag.t0);
    if (Math.abs(drag.x - event.clientX) > 3) drag.moved = true;
    if (drag.moved) setWindow(drag.t0 + by, drag.t1 + by);
  }
  showTip(event, at);
  draw();
});
view.addEventListener("pointerup", (event) => {
  const at = pick(event);
  if (drag && !drag.moved && at.lane >= 0) select(at.lane, at.slice);
  drag = null;
});
view.addEventListener("pointerleave", () => { state.hover = null; $("tip").hidden = true; draw(); });
view.addEventListener("wheel", (event) => {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    zoom(Math.exp(event.deltaY / 300), tOf(event.clientX - view.getBoundingClientRect().left));
  } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    event.preventDefault();
    pan((event.deltaX || event.deltaY) / width);
  }
}, { passive: false });
scroll.addEventListener("scroll", draw);

// ---- keys

const keys = {
  " ": play, w: () => zoom(1 / 1.5, focusTime()), "+": () => zoom(1 / 1.5, focusTime()), "=": () => zoom(1 / 1.5, focusTime()),
  s: () => zoom(1.5, focusTime()), "-": () => zoom(1.5, focusTime()), a: () => pan(-0.2), d: () => pan(0.2),
  "0": fitAll, f: fitSlice, ArrowUp: () => moveLane(-1), k: () => moveLane(-1),
  ArrowDown: () => moveLane(1), j: () => moveLane(1), ArrowLeft: () => moveSlice(-1), ",": () => moveSlice(-1),
  ArrowRight: () => moveSlice(1), ".": () => moveSlice(1), "]": toWaker, "[": toWakee, n: () => search(1), N: () => search(-1),
  "/": () => $("search").focus(), "?": () => $("help").showModal(), t: switchTheme, C: switchPath,
  Home: () => seek(data.from), End: () => { seek(null); }, Escape: () => { state.head = null; state.playing = false; showPlaying(); select(-1, -1); },
};
function focusTime() {
  const slice = selectedSlice();
  if (state.hover) return tOf(state.hover.x);
  return slice && slice[0] >= state.t0 && slice[0] <= state.t1 ? slice[0] : (state.t0 + state.t1) / 2;
}
function fitSlice() {
  const slice = selectedSlice();
  if (!slice) return;
  const room = Math.max((slice[1] - slice[0]) * 0.1, MIN_SPAN);
  setWindow(slice[0] - room, slice[1] + room);
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target === $("search")) {
    if (event.key === "Enter") search(event.shiftKey ? -1 : 1);
    if (event.key === "Escape" || event.key === "Enter") view.focus();
    return;
  }
  if (event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter")) return;
  if (event.target instanceof HTMLElement && event.target.tagName === "SUMMARY" && event.key === " ") return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// ---- the page

function switchTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  readColours();
  showLegend();
  draw();
}
function showLegend() {
  const box = $("legend");
  box.replaceChildren();
  const samples = [["running", [0, 30, RUNNING]], ["ready", [0, 30, READY]], ["waiting", [0, 30, WAITING, "", "", null]],
    ["overdue", [0, 30, WAITING, "", "", 0]],
    ["blocks the loop", [0, data.blocked, RUNNING]], ["done", [0, 0, DONE, "result"]],
    ["cancelled", [0, 0, DONE, "cancelled"]], ["error", [0, 0, DONE, "error"]]];
  const kept = [state.t0, state.t1, width, state.head, ROW, BAR];
  for (const [name, slice] of samples) {
    const item = document.createElement("span"), canvas = document.createElement("canvas");
    canvas.width = 24 * ratio; canvas.height = 18 * ratio;
    canvas.style.width = "24px"; canvas.style.height = "18px";
    const c = canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.font = font;
    [state.t0, state.t1, width, state.head] = [0, slice[1] || 1, 24, null];
    if (slice[2] === DONE) c.translate(slice[3] === "result" ? 7 : 3, 0);
    [ROW, BAR] = [26, 16];
    paintSlice(c, slice, 9);
    item.appendChild(canvas);
    item.append(name);
    box.appendChild(item);
  }
  [state.t0, state.t1, width, state.head, ROW, BAR] = kept;
}
const notes = data.log.map((line) => [line[0], line[1], line[2], false])
  .concat(data.marks.map((mark) => [mark[0], -1, mark[2] || mark[1], true])).sort((a, b) => a[0] - b[0]);
function build() {
  const title = $("title");
  if (data.lesson) { add(title, "b", data.lesson); title.append(" · "); }
  title.append(data.title);
  if (data.status !== "finished") add(title, "span", data.status + " at " + time(data.end), "bad");
  if (data.lost > 0) add(title, "span", data.lost + " records were lost", "bad");
  $("question").textContent = data.question || data.title;
  const text = $("text");
  if (data.text) add(text, "pre", data.text);
  for (const [heading, source] of data.sources) {
    add(text, "h2", heading);
    add(text, "pre", source);
  }
  if (data.params.length) add(text, "p", data.params.map((p) => p[0] + " = " + p[1]).join(", "));
  $("about").hidden = !data.text && data.sources.length === 0 && data.params.length === 0;
  const names = $("names");
  lanes.forEach((lane, i) => {
    const li = add(names, "li", (lane.k === "worker" ? "worker " : "") + lane.n, lane.k);
    li.style.paddingLeft = 10 + Math.min(lane.d, 12) * 12 + "px";
    li.title = lane.n;
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    li.addEventListener("click", () => { select(i, nearest(i, state.t0)); view.focus(); });
  });
  for (const note of notes) {
    const li = add($("log"), "li", "");
    add(li, "span", time(note[0], unitOf(data.end)), "t");
    add(li, "span", laneAt.has(note[1]) ? lanes[laneAt.get(note[1])].n : "", "n");
    add(li, "span", note[2], note[3] ? "mark" : "");
    li.addEventListener("click", () => {
      const lane = laneAt.has(note[1]) ? laneAt.get(note[1]) : state.lane;
      if (lane >= 0) select(lane, nearest(lane, note[0]));
      const half = (state.t1 - state.t0) / 2;
      if (note[0] < state.t0 || note[0] > state.t1) setWindow(note[0] - half, note[0] + half);
    });
  }
  $("play").onclick = play;
  $("in").onclick = () => zoom(1 / 1.5);
  $("out").onclick = () => zoom(1.5);
  $("fit").onclick = fitAll;
  $("theme").onclick = switchTheme;
  $("keys").onclick = () => $("help").showModal();
  $("search").addEventListener("input", (event) => { state.query = event.target.value; state.found = 0; search(0); });
}
function start() {
  const root = document.documentElement;
  if (!root.dataset.theme)
    root.dataset.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const longest = lanes.reduce((n, lane) => Math.max(n, lane.n.length + Math.min(lane.d, 12) * 1.6), 8);
  root.style.setProperty("--names", Math.min(Math.max(longest * 8 + 30, 130), 260) + "px");
  ratio = window.devicePixelRatio || 1;
  build();
  readColours();
  showDetail();
  window.addEventListener("resize", resize);
  $("about").addEventListener("toggle", resize);
  resize();
  fitAll();
  showLegend();
}
start();
