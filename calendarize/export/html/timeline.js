"use strict";
// Draws the events of one window of time (a year, a quarter or a month) as SVG.
// Days are numbers counted from 1970-01-01; windows are [from, to), pieces inclusive.

const Timeline = (() => {
  const LANE = 36; // height of a lane: the label above, the shape below
  const LABEL = 14; // where in a lane the label stands
  const SHAPE = 25; // where in a lane the middle of the shape lies
  const HEADING = 26; // height of a heading between lanes
  const GAP = 14; // free room to the right of what stands in a lane
  const ROW = 22; // height of a row of the axis
  const LONGEST = 300; // width of a label, at most
  const EDGE = 8; // free room at both sides, for what lies on the first and the last day
  const ARROW = 34; // length of an arrow into the past
  const WEEKDAYS = "일월화수목금토";
  const LEAST = { year: 720, quarter: 520, month: 600 }; // width below which one has to scroll

  const GROUPS = ["session", "exact", "rough", "carried", "yearRound"]; // from above
  const FOLDING = ["rough", "yearRound"]; // told in one row until somebody opens it
  const HEADINGS = {
    rough: "날짜가 정해지지 않은 일정",
    carried: "그 전부터 이어지는 일정",
    yearRound: "연중 · 매월 일정",
  };

  // Days ----------------------------------------------------------------------------------------

  const dayOf = (year, month, day = 1) => Date.UTC(year, month - 1, day) / 864e5;

  function parts(day) {
    const date = new Date(day * 864e5);
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      date: date.getUTCDate(),
      weekday: date.getUTCDay(),
    };
  }

  const MONTHS = { year: 12, quarter: 3, month: 1 };

  /** The window of a zoom that holds a day, or one some steps away from it. */
  function windowOf(zoom, day, steps = 0) {
    const months = MONTHS[zoom];
    const { year, month } = parts(day);
    const first = Math.floor((month - 1) / months) * months + 1 + steps * months;
    const from = dayOf(year, first);
    const at = parts(from);
    const names = {
      year: `${at.year}년`,
      quarter: `${at.year}년 ${(at.month + 2) / 3}분기`,
      month: `${at.year}년 ${at.month}월`,
    };
    return { zoom, from, to: dayOf(year, first + months), name: names[zoom] };
  }

  const nextDay = (day) => day + 1;
  const nextMonday = (day) => day + 7 - ((parts(day).weekday + 6) % 7);
  const nextMonth = (day) => windowOf("month", day).to;
  const nextQuarter = (day) => windowOf("quarter", day).to;

  /** The rows of the axis, from the coarse to the fine: cells with their bounds and text. */
  function axisOf(view, holidays) {
    const cells = (next, text) => {
      const found = [];
      for (let from = view.from, to; from < view.to; from = to) {
        to = Math.min(view.to, next(from));
        const at = parts(from);
        found.push({ from, to, text: text(at), weekday: next === nextDay ? (holidays.has(from) ? 0 : at.weekday) : null });
      }
      return found;
    };
    const months = cells(nextMonth, (at) => `${at.month}월`);
    if (view.zoom === "year") {
      return [cells(nextQuarter, (at) => `${(at.month + 2) / 3}분기`), months];
    }
    if (view.zoom === "quarter") return [months, cells(nextMonday, (at) => `${at.date}일`)];
    return [cells(nextDay, (at) => WEEKDAYS[at.weekday]), cells(nextDay, (at) => `${at.date}`)];
  }

  // Layout --------------------------------------------------------------------------------------

  const measure = (() => {
    const context = document.createElement("canvas").getContext("2d");
    return (text, font) => {
      context.font = font;
      return context.measureText(text).width;
    };
  })();

  function fitted(text, room, font) {
    if (measure(text, font) <= room) return text;
    const characters = Array.from(text);
    let [fits, fails] = [0, characters.length];
    while (fails - fits > 1) {
      const middle = (fits + fails) >> 1;
      if (measure(characters.slice(0, middle).join("") + "…", font) <= room) fits = middle;
      else fails = middle;
    }
    return characters.slice(0, fits).join("").trimEnd() + "…";
  }

  /** The pieces that a window shows, cut at its edges. */
  function visible(pieces, view) {
    return pieces
      .filter((piece) => piece.first < view.to && (piece.open === "end" || piece.last >= view.from))
      .map((piece) => ({
        ...piece,
        from: Math.max(piece.first, view.from),
        to: Math.min(piece.last + 1, view.to),
      }));
  }

  function groupOf(event, pieces, view) {
    if (event.kind === "session") return "session";
    if (event.yearRound) return "yearRound";
    if (pieces[0].first < view.from) return "carried";
    return pieces.some((piece) => piece.rough) ? "rough" : "exact";
  }

  /** An event with its label, placed from left to right; nothing if the window does not show it. */
  function placed(event, view, width, family, x) {
    const pieces = visible(event.pieces, view);
    const older = visible(event.older, view).filter((piece) => !piece.open);
    if (!pieces.length) return [];
    const font = `${event.kind === "session" ? 600 : 400} 13px ${family}`;
    const label = fitted(event.label, Math.min(LONGEST, width - 2 * EDGE), font);
    const room = measure(label, font) + 4;
    const reach = [...older, ...pieces].flatMap((piece) => extent(piece, x, width));
    const [left, right] = [Math.min(...reach), Math.max(...reach)];
    const at = Math.max(EDGE, Math.min(left, width - EDGE - room));
    const group = groupOf(event, pieces, view);
    return [
      {
        event,
        group,
        pieces,
        older,
        label,
        at,
        left: Math.min(left, at),
        right: Math.max(right, at + room),
      },
    ];
  }

  /** Put what is placed on as few lanes as hold it, so that neither shapes nor labels meet. */
  function packed(items) {
    const lanes = [];
    items.sort((a, b) => a.left - b.left || b.right - a.right);
    for (const item of items) {
      let lane = lanes.find((each) => each.end <= item.left);
      if (!lane) lanes.push((lane = { height: LANE, items: [] }));
      lane.items.push(item);
      lane.end = item.right + GAP;
    }
    return lanes;
  }

  /** The lanes of all groups, some under a heading (a lane without events). */
  function layout(events, view, width, family, x, opened) {
    const items = events.flatMap((event) => placed(event, view, width, family, x));
    return GROUPS.flatMap((group) => {
      const those = items.filter((item) => item.group === group);
      const lanes = packed(those);
      const heading = HEADINGS[group];
      if (!heading || !lanes.length) return lanes;
      const fold = FOLDING.includes(group) ? group : null;
      const open = !fold || opened.has(group);
      const head = { heading, fold, open, height: HEADING, items: [], count: those.length };
      return open ? [head, ...lanes] : [head];
    });
  }

  /** The first lanes that a height holds, no heading left alone, and how many of the rest. */
  function fitting(lanes, height) {
    let room = height;
    const over = lanes.findIndex((lane, at) => {
      const need = lane.height + (lane.heading && lane.open ? lanes[at + 1].height : 0);
      if (need > room) return true;
      room -= lane.height;
      return false;
    });
    if (over < 0) return lanes;
    const rest = lanes.slice(over).reduce((sum, lane) => sum + seen(lane), 0);
    const note = `그 밖에 ${rest}건은 목록에 있습니다.`;
    return [...lanes.slice(0, over), { heading: note, height: HEADING, items: [] }];
  }

  /** How many events a lane tells of. */
  const seen = (lane) => (lane.open === false ? (lane.count ?? 0) : lane.items.length);

  /** Left and right edge of what is drawn for a piece. */
  function extent(piece, x, width) {
    if (piece.open === "end") return [x(Math.min(piece.from, piece.to)), width];
    const [from, to] = [x(piece.from), x(piece.to)];
    const half = piece.first === piece.last ? Math.max(0, 7 - (to - from) / 2) : 0;
    return [from - half - (piece.open ? ARROW : 0), to + half];
  }

  // Drawing -------------------------------------------------------------------------------------

  function svg(name, attributes = {}, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function drawnAxis(view, rows, width, today, x) {
    const axis = svg("svg", {
      class: "axis",
      width,
      height: ROW * rows.length,
      viewBox: `0 0 ${width} ${ROW * rows.length}`,
      "aria-hidden": "true",
    });
    rows.forEach((cells, row) => {
      for (const cell of cells) {
        const room = x(cell.to) - x(cell.from);
        const day = cell.weekday === 0 ? " sunday" : cell.weekday === 6 ? " saturday" : "";
        axis.append(svg("path", { class: "grid", d: `M${x(cell.from)} ${ROW * row}v${ROW}` }));
        if (room >= measure(cell.text, "12px sans-serif")) {
          const place = { class: `tick${day}`, x: x(cell.from) + room / 2, y: ROW * row + 15 };
          axis.append(svg("text", place, cell.text));
        }
      }
    });
    if (today >= view.from && today < view.to) {
      const at = x(today + 0.5);
      axis.append(
        svg("path", { class: "today", d: `M${at - 5} ${ROW * rows.length - 6}h10l-5 6z` }),
      );
    }
    return axis;
  }

  function drawnBackground(view, rows, width, height, events, today, x) {
    const back = svg("g", { "aria-hidden": "true" });
    for (const cell of rows.at(-1)) {
      if (cell.weekday === 0 || cell.weekday === 6) {
        back.append(
          svg("rect", {
            class: "weekend",
            x: x(cell.from),
            width: x(cell.to) - x(cell.from),
            height,
          }),
        );
      }
    }
    for (const event of events.filter((each) => each.kind === "session")) {
      for (const piece of visible(event.pieces, view).filter((each) => !each.open)) {
        back.append(
          svg("rect", {
            class: "band",
            x: x(piece.from),
            width: x(piece.to) - x(piece.from),
            height,
          }),
        );
      }
    }
    rows.forEach((cells, row) => {
      const d = cells.map((cell) => `M${x(cell.from)} 0V${height}`).join("");
      back.append(svg("path", { class: row ? "grid" : "grid strong", d }));
    });
    if (today >= view.from && today < view.to) {
      back.append(svg("path", { class: "today", d: `M${x(today + 0.5)} 0V${height}` }));
    }
    return back;
  }

  function drawnPiece(piece, x, y, width) {
    const [from, to] = [x(piece.from), x(piece.to)];
    const shapes = [];
    const inside = piece.first < piece.to && piece.last >= piece.from; // else far behind an open end
    if (piece.open === "start") {
      const tip = from - ARROW + 4;
      shapes.push(svg("path", { class: "arrow", d: `M${from} ${y}H${tip}m6 -5l-6 5l6 5` }));
    }
    if (piece.open === "end") {
      const start = inside ? to : EDGE;
      shapes.push(svg("path", { class: "arrow", d: `M${start} ${y}H${width - 2}m-6 -5l6 5l-6 5` }));
    }
    if (!inside) return shapes;
    if (!piece.rough && piece.first === piece.last) {
      shapes.push(
        svg("path", { class: "shape", d: `M${(from + to) / 2} ${y - 7}l7 7l-7 7l-7 -7z` }),
      );
      return shapes;
    }
    const box = { x: from + 0.5, y: y - 4.5, width: Math.max(5, to - from - 1), height: 9, rx: 3 };
    shapes.push(svg("rect", { class: piece.rough ? "rough" : "shape", ...box }));
    if (piece.rough) shapes.push(svg("rect", { ...box, fill: "url(#hatching)", class: "hatched" }));
    return shapes;
  }

  /** Where an event stood in an older report. */
  function drawnOutline(piece, x, y) {
    const [from, to] = [x(piece.from), x(piece.to)];
    if (!piece.rough && piece.first === piece.last) {
      return svg("path", { class: "older", d: `M${(from + to) / 2} ${y - 7}l7 7l-7 7l-7 -7z` });
    }
    const box = { x: from + 0.5, y: y - 4.5, width: Math.max(5, to - from - 1), height: 9, rx: 3 };
    return svg("rect", { class: "older", ...box });
  }

  function drawnItem(item, y, x, width) {
    const { event } = item;
    const group = svg(
      "g",
      {
        class: `item ${event.kind} is-${event.status}${event.cancelled ? " cancelled" : ""}`,
        role: "link",
        tabindex: -1,
        "data-event": event.number,
        "aria-label": event.words,
      },
      svg("title", {}, event.words),
      svg("rect", {
        class: "hit",
        x: item.left,
        y: y + 1,
        width: item.right - item.left,
        height: LANE - 2,
        rx: 4,
      }),
      svg("text", { class: "label", x: item.at + 1, y: y + LABEL }, item.label),
    );
    for (const piece of item.older) group.append(drawnOutline(piece, x, y + SHAPE));
    for (const piece of item.pieces) group.append(...drawnPiece(piece, x, y + SHAPE, width));
    return group;
  }

  /** A heading between lanes; one that folds is a button that tells how many it hides. */
  function drawnHeading(lane, y, width) {
    const told = lane.fold ? `${lane.open ? "▾" : "▸"} ${lane.heading} ${lane.count}건` : lane.heading;
    const text = svg("text", { class: "heading", x: 2, y: y + HEADING - 6 }, told);
    if (!lane.fold) return text;
    const place = { class: "hit", x: 0, y: y + 3, width, height: HEADING - 2, rx: 4 };
    const button = { class: "fold", role: "button", tabindex: 0, "data-fold": lane.fold };
    return svg("g", { ...button, "aria-expanded": lane.open }, svg("rect", place), text);
  }

  function drawnStrip(lanes, view, rows, width, events, today, x) {
    const height = lanes.reduce((sum, lane) => sum + lane.height, 10);
    const body = svg("svg", {
      class: "lanes",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-label": `${view.name} 일정 그림`,
      "aria-describedby": "hint",
    });
    body.append(drawnBackground(view, rows, width, height, events, today, x));
    let y = 4;
    for (const lane of lanes) {
      if (lane.heading) {
        body.append(svg("path", { class: "grid strong", d: `M0 ${y + 2.5}H${width}` }));
        body.append(drawnHeading(lane, y, width));
      }
      body.append(...lane.items.map((item) => drawnItem(item, y, x, width)));
      y += lane.height;
    }
    const strip = document.createElement("div");
    strip.className = "strip";
    strip.append(drawnAxis(view, rows, width, today, x), body);
    return strip;
  }

  /**
   * Fill an element with the timeline of some events in a window.
   *
   * `height` tells how high the lanes may be: a sheet of paper is never cut. `opened` are the
   * groups that are not folded, `holidays` the days on which offices are closed. Returns how many
   * events the window shows.
   */
  function draw(host, events, view, how) {
    const { today, width, height = Infinity, opened = new Set(), holidays = new Set() } = how;
    const full = Math.max(width, LEAST[view.zoom]);
    const scale = (full - 2 * EDGE) / (view.to - view.from);
    const x = (day) => EDGE + (day - view.from) * scale;
    const lanes = layout(events, view, full, getComputedStyle(host).fontFamily, x, opened);
    const rows = axisOf(view, holidays);
    const nothing = "이 기간에는 보여 줄 일정이 없습니다.";
    const none = { heading: nothing, height: 3 * LANE, items: [], open: false };
    const strip = lanes.length ? fitting(lanes, height) : [none];
    host.replaceChildren(drawnStrip(strip, view, rows, full, events, today, x));
    return lanes.reduce((sum, lane) => sum + seen(lane), 0);
  }

  /** Tell whether a window shows an event; what has no date belongs to every year. */
  function shows(event, view) {
    return event.pieces.length ? visible(event.pieces, view).length > 0 : view.zoom === "year";
  }

  return { draw, shows, windowOf };
})();
