"use strict";
// The page's state (what is chosen, what is looked at), kept in the address behind `#`.

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { events, calendar } = data;
  const form = document.querySelector("form");
  const chart = document.getElementById("chart");
  const list = document.getElementById("list");
  const save = document.getElementById("save");
  const articles = events.map((_, number) => document.getElementById(`e${number}`));
  const FIELDS = {
    ".when": "시기",
    ".tags": "종류·담당·장소",
    ".warning": "주의",
    blockquote: "원문",
    summary: "보고서",
  }; // where the text is looked for beside the title
  const SEARCHED = ["h4", ...Object.keys(FIELDS)].join(", ");
  const textOf = (article, selector) =>
    [...article.querySelectorAll(selector)]
      .map((each) => each.textContent.toLowerCase())
      .join("\n");
  const titles = articles.map((article) => textOf(article, "h4"));
  const words = articles.map((article) => textOf(article, SEARCHED));
  const paper = { width: 1030, height: 500 }; // A4 landscape within its margins
  const PHONE = 600;
  const MARGIN = 8; // between the heading of the list and what it scrolls to
  events.forEach((event, number) => (event.number = number));

  let view;
  let printing = false;
  const opened = new Set();
  const holidays = new Set(data.holidays);
  let chosen;
  let shown;

  // Choosing ------------------------------------------------------------------------------------

  const checked = (name) =>
    [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);

  function choice() {
    const { department, unit } = form.department.selectedOptions[0].dataset;
    return {
      department,
      unit,
      kinds: checked("kind"),
      statuses: checked("status"),
      text: form.text.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean),
    };
  }

  const has = (texts, number) => chosen.text.every((word) => texts[number].includes(word));

  function filtered(event) {
    return (
      (chosen.department === undefined || event.department === chosen.department) &&
      (chosen.unit === undefined || event.unit === chosen.unit) &&
      (!chosen.kinds.length || chosen.kinds.includes(event.kind)) &&
      (!chosen.statuses.length || chosen.statuses.includes(event.status))
    );
  }

  function choose(typed = false) {
    chosen = choice();
    const among = events.filter((event) => filtered(event) && has(words, event.number));
    const titled = among.filter((event) => has(titles, event.number));
    const beyond = among.length - titled.length;
    const narrow = titled.length > 0 && !form.beyond.checked;
    const those = new Set(narrow ? titled : among);
    shown = events.map((event) => those.has(event));
    const count = those.size;
    form.querySelector("output").textContent =
      count === events.length ? `전체 ${count}건` : `${events.length}건 중 ${count}건`;
    tellBeyond(titled.length, beyond);
    if (typed && chosen.text.length) lookAt(those);
    const entries = chosenEntries();
    const dated = new Set(entries.map((entry) => entry.event)).size;
    save.disabled = !entries.length;
    document.getElementById("saved").textContent =
      dated < count ? `날짜가 없거나 뺀 일정 ${count - dated}건은 담기지 않습니다.` : "";
    enlist();
    found(chosen.text);
    draw();
  }

  /** Move the window to what was found where none of it is in sight. */
  function lookAt(those) {
    if ([...those].some((event) => Timeline.shows(event, view))) return;
    const first = [...those].find((event) => event.pieces.length);
    if (first) view = Timeline.windowOf(view.zoom, first.pieces[0].first);
  }

  /** Tell of what has the words elsewhere than in its title, and in each such entry where. */
  function tellBeyond(titled, beyond) {
    const note = document.getElementById("found");
    note.hidden = !beyond;
    note.querySelector("label").hidden = !titled;
    note.querySelector("span").textContent = titled
      ? `제목에 든 일정 ${titled}건, 다른 곳에 든 일정 ${beyond}건.`
      : `제목에 든 일정은 없고, 다른 곳에 든 일정 ${beyond}건입니다.`;
    articles.forEach((article, number) => {
      const where = article.querySelector(".where");
      where.hidden = !shown[number] || has(titles, number);
      if (where.hidden) return;
      const fields = Object.keys(FIELDS).filter((field) => {
        const text = textOf(article, field);
        return chosen.text.some((word) => text.includes(word) && !titles[number].includes(word));
      });
      where.textContent = `찾은 곳: ${fields.map((field) => FIELDS[field]).join(", ")}`;
    });
  }

  /** List what is chosen of the window; what words were looked for in, of all times. */
  function enlist() {
    const everywhere = form.everywhere.checked || chosen.text.length > 0;
    form.everywhere.disabled = chosen.text.length > 0;
    const those = events.map(
      (event) => shown[event.number] && (everywhere || Timeline.shows(event, view)),
    );
    articles.forEach((article, number) => (article.hidden = !those[number]));
    for (const quarter of document.querySelectorAll(".quarter")) {
      quarter.hidden = !quarter.querySelector(".event:not([hidden])");
    }
    const [count, all] = [those, shown].map((each) => each.filter(Boolean).length);
    document.getElementById("list-name").textContent =
      everywhere ? `목록 · ${count}건` : `목록 · ${view.name} ${count}건`;
    const none = document.querySelector(".none");
    none.hidden = count > 0 || !events.length;
    none.textContent = all ? `${view.name}에는 없고, 다른 때에 ${all}건 있습니다.` : whyNone();
  }

  /** Say why nothing is found: which words stand nowhere, which choices leave nothing over. */
  function whyNone() {
    const { text } = chosen;
    const quoted = (those) => those.map((word) => `‘${word}’`).join(", ");
    const unknown = text.filter((word) => !words.some((each) => each.includes(word)));
    if (unknown.length) return `어느 일정에도 없는 말입니다: ${quoted(unknown)}`;
    const count = events.filter((event) => has(words, event.number)).length;
    if (!count) return `한 일정에 함께 들어 있지 않은 말입니다: ${quoted(text)}`;
    const set = {
      부서: chosen.department !== undefined,
      종류: chosen.kinds.length,
      상태: chosen.statuses.length,
    };
    const names = Object.keys(set).filter((name) => set[name]).join("·");
    const with_ = text.length ? `${quoted(text)} 일정 ${count}건은` : "일정은";
    return `고른 조건(${names})에 맞는 일정이 없습니다. ${with_} 다른 조건에 있습니다.`;
  }

  /** Mark the words looked for, where the browser can do so without touching the page. */
  function found(text) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    if (!text.length) return;
    const ranges = [];
    for (const article of articles) {
      if (article.hidden) continue;
      const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const lower = node.data.toLowerCase();
        if (lower.length !== node.length || !node.parentElement.closest(SEARCHED)) continue;
        for (const word of text) {
          for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
            const [startContainer, endContainer] = [node, node];
            const [startOffset, endOffset] = [at, at + word.length];
            ranges.push(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // Drawing -------------------------------------------------------------------------------------

  function draw() {
    const those = events.filter((event) => shown[event.number]);
    const width = Math.floor(chart.clientWidth);
    const size = printing ? paper : { width };
    const unfolded = chosen.text.length ? new Set(["rough", "yearRound"]) : opened;
    const how = { today: data.today, opened: unfolded, holidays, ...size };
    const count = Timeline.draw(chart, those, view, how);
    document.getElementById("timeline-name").textContent = `${view.name} · ${count}건`;
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.setAttribute("aria-pressed", button.dataset.zoom === view.zoom);
    }
    const edge = (steps) => Timeline.windowOf(view.zoom, view.from, steps);
    document.querySelector('[data-move="-1"]').disabled =
      edge(-1).to <= Math.min(data.first, data.today);
    document.querySelector('[data-move="1"]').disabled =
      edge(1).from > Math.max(data.last, data.today);
    chart.querySelector(".item")?.setAttribute("tabindex", 0);
    // What scrolls can be reached by keyboard, by what is in it or by itself.
    if (chart.querySelector('[tabindex="0"]')) chart.removeAttribute("tabindex");
    else chart.setAttribute("tabindex", 0);
  }

  function look(zoom, day, steps = 0) {
    view = Timeline.windowOf(zoom, day, steps);
    enlist();
    draw();
    follow();
    write();
  }

  /** Bring the list to where the window begins, where it scrolls by itself beside the timeline. */
  function follow() {
    const quarters = [...list.querySelectorAll(".quarter:not([hidden])")];
    const quarter =
      quarters.find((each) => Number(each.dataset.last) >= view.from) ?? quarters.at(-1);
    if (!quarter) return;
    const head = list.querySelector(".bar").offsetHeight;
    const scroll = () => (list.scrollTop = quarter.offsetTop - head + MARGIN);
    scroll();
    // Again, once what came in sight has its true height.
    requestAnimationFrame(() => requestAnimationFrame(scroll));
  }

  /** The day to keep in sight when the zoom changes: the first, today if it is in sight. */
  const middle = () => (data.today >= view.from && data.today < view.to ? data.today : view.from);

  // From the drawing to the list and back -------------------------------------------------------

  function open(number) {
    const article = articles[number];
    article.querySelector("details").open = true;
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
  }

  function show(number) {
    const [piece] = events[number].pieces;
    opened.add("rough").add("yearRound");
    look(view.zoom, piece.first);
    const item = chart.querySelector(`[data-event="${number}"]`);
    if (item) focusItem(item);
  }

  function focusItem(item) {
    chart
      .querySelectorAll('.item[tabindex="0"]')
      .forEach((each) => each.setAttribute("tabindex", -1));
    item.setAttribute("tabindex", 0);
    item.focus();
    item.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function fold(button) {
    const name = button.dataset.fold;
    if (!opened.delete(name)) opened.add(name);
    draw();
    chart.querySelector(`[data-fold="${name}"]`)?.focus();
  }

  chart.addEventListener("keydown", (event) => {
    const button = event.target.closest(".fold");
    if (button && (event.key === "Enter" || event.key === " ")) {
      fold(button);
      event.preventDefault();
      return;
    }
    const item = event.target.closest(".item");
    if (!item) return;
    const items = [...chart.querySelectorAll(".item")];
    const at = items.indexOf(item);
    const targets = { Home: 0, End: items.length - 1 };
    const to = targets[event.key] ?? (STEPS[event.key] && at + STEPS[event.key]);
    if (event.key === "Enter" || event.key === " ") open(Number(item.dataset.event));
    else if (to === undefined) return;
    else if (items[to]) focusItem(items[to]);
    event.preventDefault();
  });
  chart.addEventListener("click", (event) => {
    const button = event.target.closest(".fold");
    if (button) fold(button);
    const item = event.target.closest(".item");
    if (item) open(Number(item.dataset.event));
  });
  list.addEventListener("click", (event) => {
    if (event.target.matches(".show")) show(Number(event.target.closest(".event").id.slice(1)));
  });

  // The calendar file ---------------------------------------------------------------------------

  const RELATED = /^RELATED-TO[^\r]*\r\n(?: [^\r]*\r\n)*/m;

  function chosenEntries() {
    const all = form.rough.checked;
    return calendar.entries.filter((entry) => shown[entry.event] && (all || !entry.tentative));
  }

  /** The entries of what is shown as one calendar; none points to a session that is not in it. */
  function calendarFile() {
    const entries = chosenEntries();
    const uids = new Set(entries.map((entry) => entry.uid));
    const texts = entries.map((entry) =>
      entry.parent && !uids.has(entry.parent) ? entry.text.replace(RELATED, "") : entry.text,
    );
    const { department } = chosen;
    const begin = department === undefined ? calendar.begin : calendar.departments[department];
    const zone = entries.some((entry) => entry.timed) ? calendar.zone : "";
    return [begin, zone, ...texts, calendar.end].join("");
  }

  document.getElementById("print").addEventListener("click", () => print());
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([calendarFile()], { type: "text/calendar" }));
    link.download = `${data.title} 일정.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });

  // The state in the address --------------------------------------------------------------------

  function write() {
    const state = new URLSearchParams();
    const put = (key, value) => value && state.set(key, value);
    put("text", form.text.value.trim());
    put("department", form.department.value);
    put("kind", checked("kind").join(","));
    put("status", checked("status").join(","));
    put("everywhere", form.everywhere.checked ? "1" : "");
    put("beyond", form.beyond.checked ? "1" : "");
    put("zoom", view.zoom);
    put("from", new Date(view.from * 864e5).toISOString().slice(0, 10));
    history.replaceState(null, "", `#${state}`);
  }

  function restore() {
    const told = new URLSearchParams(location.hash.slice(1));
    form.text.value = told.get("text") ?? "";
    form.department.value = told.get("department") ?? "";
    if (form.department.selectedIndex < 0) form.department.selectedIndex = 0;
    for (const box of [...form.elements].filter((each) => each.type === "checkbox")) {
      box.checked = (told.get(box.name) ?? "").split(",").includes(box.value);
    }
    const zoom = ["year", "quarter", "month"].find((each) => each === told.get("zoom"));
    const day = Math.floor(Date.parse(told.get("from")) / 864e5);
    view = Timeline.windowOf(
      zoom ?? (innerWidth < PHONE ? "quarter" : "year"),
      Number.isNaN(day) ? data.focus : day,
    );
    choose();
    follow();
  }

  let waiting = 0;

  /** Choose anew once the typing pauses; until then what was found is marked as out of date. */
  function chooseSoon() {
    form.querySelector("output").setAttribute("aria-busy", true);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      choose(true);
      list.scrollTop = 0;
      write();
      form.querySelector("output").removeAttribute("aria-busy");
    }, 80);
  }

  for (const place of [form, list]) place.addEventListener("input", chooseSoon);
  form.addEventListener("reset", () => {
    chooseSoon();
    setTimeout(() => (form.everywhere.checked = true));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => look(button.dataset.zoom, middle()));
  }
  for (const button of document.querySelectorAll("[data-move]")) {
    const steps = Number(button.dataset.move);
    button.addEventListener("click", () => look(view.zoom, steps ? view.from : data.today, steps));
  }
  addEventListener(
    "hashchange",
    () => (!location.hash || location.hash.includes("=")) && restore(),
  );
  addEventListener("beforeprint", () => {
    printing = true;
    draw();
  });
  addEventListener("afterprint", () => {
    printing = false;
    draw();
  });

  for (const element of document.querySelectorAll("[data-live]")) element.hidden = false;
  restore();
  let width = chart.clientWidth;
  new ResizeObserver(() => {
    if (printing || chart.clientWidth === width) return;
    width = chart.clientWidth;
    draw();
  }).observe(chart);
})();
