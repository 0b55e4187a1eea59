// The first screen: figures, map, order of places, quarters and what needs somebody, drawn from one resource that holds
// every measure of every place and period (yunnan/drawing/cockpit.py). To point, to choose a place, a measure or a period
// asks nobody. No number is written here: every text comes from the resource.
const SVG = "http://www.w3.org/2000/svg";
const PROVINCE = 0; // the number of the province in every list by place
const MOST_MATTERS = 60; // of 需要关注 that stand on the screen; the page of the part has all

const MOVES = ["wheel", "pointerdown", "keydown", "touchstart"]; // what a reader does who looks at something already
const PATIENCE = 4_000; // ms in which what is below the screen finds its height

const kept = new Map(); // address of a resource -> the resource

export class Screen {
  constructor(mount) {
    this.mount = mount;
    this.pointed = -1;
    this.onOutside = (event) => !this.mount.contains(event.target) && this.tell();
    this.onResize = () => this.fit();
    document.addEventListener("pointerdown", this.onOutside, true);
    document.addEventListener("focusin", this.onOutside, true);
    this.onMove = () => (this.reader = "moves");
    for (const kind of MOVES) document.addEventListener(kind, this.onMove, { capture: true, passive: true });
    // What was chosen by the pointer answers to keys too, wherever they are not typed into something.
    this.onFree = (event) => event.target === document.body && this.resource && this.onKey(event);
    document.addEventListener("keydown", this.onFree);
    window.addEventListener("resize", this.onResize);
    // What stands above may come later or go away, and moves the screen.
    this.above = new ResizeObserver(this.onResize);
    this.above.observe(document.querySelector(window.streamlitPage?.block ?? "main") ?? mount);
    this.above.observe(mount);
    mount.addEventListener("keydown", (event) => this.onKey(event));
    mount.addEventListener("pointerover", (event) => this.point(event.target.closest?.("[data-place]")));
    mount.addEventListener("pointerleave", () => this.point(null));
    mount.addEventListener("click", (event) => this.onClick(event));
  }

  leave() {
    document.removeEventListener("pointerdown", this.onOutside, true);
    document.removeEventListener("focusin", this.onOutside, true);
    for (const kind of MOVES) document.removeEventListener(kind, this.onMove, { capture: true });
    document.removeEventListener("keydown", this.onFree);
    window.removeEventListener("resize", this.onResize);
    this.above.disconnect();
  }

  async show(data) {
    this.data = data;
    const isNew = data.resource !== this.drawn;
    if (!isNew) return this.follow(data.choice);
    if (this.resource) this.mount.classList.add("stale");
    try {
      const resource = data.inline ? JSON.parse(data.inline) : await fetched(data.resource);
      if (this.data !== data) return; // another answer was asked for meanwhile
      this.resource = this.adapted(resource);
      this.drawn = data.resource;
      this.asked = "";
      this.build();
      this.follow(data.choice);
    } catch (problem) {
      if (this.data === data) this.fail(problem instanceof Problem ? problem.message : "");
    }
  }

  // What the screen draws of the resource that was fetched.
  adapted(resource) {
    return resource;
  }

  // What the address or a widget of the page says; the reader's own choice is not taken back by a run that knew nothing of it.
  follow(choice) {
    const said = JSON.stringify(choice);
    if (said !== this.asked) {
      this.asked = said;
      this.told = said;
      this.county = this.data.county?.place === choice.place ? this.data.county : null;
      this.choice = this.valid({ ...choice, ...(this.county ? { place: this.county.prefecture } : {}) });
    }
    this.draw();
  }

  // The choice as the address and the server have it: of a county, whose prefecture stands here, until another is chosen.
  get stated() {
    return { ...this.choice, ...(this.county ? { place: this.county.place } : {}) };
  }

  valid({ period, measure, place }) {
    const { resource } = this;
    const usable = resource.text[period] ? period : resource.default;
    return {
      period: usable,
      measure: resource.text[usable][measure] ? measure : resource.quick[0],
      place: resource.places.some(([code]) => code === place) ? place : resource.places[PROVINCE][0],
    };
  }

  get place() {
    return this.resource.places.findIndex(([code]) => code === this.choice.place);
  }

  // The resource of all places, the number in it of the place whose figures stand above, and that place's code.
  get whole() {
    return this.resource;
  }

  get home() {
    return this.place;
  }

  get homeCode() {
    return this.choice.place;
  }

  ofHome(kind, measure) {
    return this.whole[kind][this.choice.period]?.[measure]?.[this.home];
  }

  // What a list by place says of the chosen measure and period.
  of(kind, measure = this.choice.measure, period = this.choice.period) {
    return this.resource[kind][period]?.[measure];
  }

  choose(change) {
    const before = JSON.stringify(this.stated);
    if (change.place) this.county = null;
    this.choice = this.valid({ ...this.choice, ...change });
    if (JSON.stringify(this.stated) === before) return;
    this.draw();
    this.chosen(change);
  }

  // What follows when something was chosen and is drawn.
  chosen() {
    if (this.data.part) this.tell(); // what is open below shows the same
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(this.stated)) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
  }

  // The server learns of the choice when the reader turns to another part of the page, before that part's own click.
  tell() {
    if (!this.resource || !this.choice) return;
    const now = JSON.stringify(this.stated);
    if (now === this.told) return;
    this.told = this.asked = now;
    this.tellServer(this.stated);
  }

  open(page, params = {}) {
    return `./${page === "overview" ? "" : page}?${new URLSearchParams({
      ...this.data.params,
      period: this.choice.period,
      measure: this.choice.measure,
      ...params,
    })}`;
  }

  fail(why) {
    this.mount.classList.remove("stale");
    const again = element("button", "again", "重试");
    again.type = "button";
    again.addEventListener("click", () => this.show(this.data));
    const sentence = why || "总览的数据没有取到：网络中断，或看板正在重启。";
    const rest = this.resource ? "下面仍是刚才的画面，不是现在要看的。" : "";
    const note = element("p", "problem", sentence + rest);
    note.setAttribute("role", "alert");
    note.append(again);
    this.mount.querySelector(".problem")?.remove();
    this.mount.prepend(note);
  }

  // ---- building, once for each resource

  build() {
    const { resource, mount } = this;
    const parts = this.buildColumns();
    parts.county = element("p", "county");
    parts.finding = element("div", "conclusion");
    parts.strip = element("div", "strip");
    mount.append(parts.county, parts.finding, parts.cards, this.columns, parts.strip);
    this.buildMap();
    this.buildMeasures();
    this.buildStrip();
    parts.foot = element("p", "source");
    parts.foot.append(element("span", "when-made", resource.foot[0]), element("span", "", resource.foot[1]));
    mount.append(parts.foot);
    this.fit();
  }

  // An empty screen's figures, and its columns: what of, where, and in which order.
  buildColumns() {
    this.mount.classList.remove("stale");
    this.mount.replaceChildren();
    const parts = {
      cards: element("div", "figures"),
      pillars: section("pillars", "四个突出"),
      matters: section("matters", "需要关注"),
      measures: element("div", "measures"),
      map: element("div", "map"),
      places: section("places", ""),
      quarters: section("quarters", ""),
    };
    const columns = { left: ["pillars", "matters"], middle: ["measures", "map"], right: ["places", "quarters"] };
    this.columns = element("div", "body");
    for (const [name, held] of Object.entries(columns)) {
      const column = element("div", name);
      column.append(...held.map((part) => parts[part]));
      this.columns.append(column);
    }
    return (this.parts = parts);
  }

  buildMap() {
    const { size, paths, names } = this.resource.map;
    const svg = drawing("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, role: "group", preserveAspectRatio: "xMidYMid meet" });
    this.shapes = new Map();
    const outlines = drawing("g");
    const labels = drawing("g", { "aria-hidden": "true", class: "names" });
    for (const [code, path] of Object.entries(paths)) {
      const n = this.resource.places.findIndex(([known], at) => known === code && at > PROVINCE);
      const shape = drawing("path", { d: path, role: "img", ...(n > 0 ? { "data-place": n } : {}) });
      const label = drawing("text", { x: names[code][0], y: names[code][1] });
      outlines.append(shape);
      labels.append(label);
      this.shapes.set(code, { shape, label, n });
    }
    this.top = drawing("path", { class: "top", "aria-hidden": "true" }); // the lit shape again, above its neighbours
    svg.append(outlines, this.top, labels);
    this.svg = svg;
    this.legend = element("ul", "legend");
    this.parts.map.append(svg, this.legend);
  }

  buildMeasures() {
    const { resource, parts } = this;
    const names = new Map(resource.measures.map(([code, name]) => [code, name]));
    const short = new Map([...resource.headlines, ["PER_POOR", "每名贫困人口"], ["SCORE", "综合得分"]]);
    this.quick = choices("measure", "地图指标", resource.quick.filter((code) => names.has(code)).map((code) => [code, short.get(code) ?? names.get(code)]));
    const list = element("select", "all");
    list.setAttribute("aria-label", "全部指标");
    for (const [pillar, title] of [["", "综合"], ...resource.pillars]) {
      const group = element("optgroup");
      group.label = title;
      for (const [code, name, of] of resource.measures) {
        if (of !== pillar) continue;
        const option = element("option", "", name);
        option.value = code;
        group.append(option);
      }
      list.append(group);
    }
    list.addEventListener("change", () => this.choose({ measure: list.value }));
    this.list = list;
    parts.measures.append(this.quick, list);
  }

  buildStrip() {
    this.strip = choices("period", "报告期", this.resource.periods.map(([code, label, , short]) => [code, short, label]));
    this.resource.periods.forEach(([, , kind], n) => this.strip.children[n].classList.add(kind));
    const more = element("button", "more", "季度");
    more.type = "button";
    more.addEventListener("click", () => {
      const open = this.parts.strip.classList.toggle("with-quarters");
      more.setAttribute("aria-expanded", String(open));
    });
    more.setAttribute("aria-expanded", "false");
    this.parts.strip.append(this.strip, more);
    this.doors = element("span", "doors");
    this.files = element("span", "take");
    this.parts.strip.append(this.doors, this.files);
  }

  // ---- drawing, at every choice

  draw() {
    this.keepFocus(() => this.drawAll());
  }

  // What is drawn anew takes the focus with it: the button to the chosen place, or the list of places.
  keepFocus(drawAll) {
    const { places } = this.parts;
    const held = places.contains(document.activeElement) ? document.activeElement : null;
    drawAll();
    if (held && !held.isConnected) {
      const again = held.matches(".open") ? places.querySelector(".open") : null;
      (again ?? places.querySelector("[role=listbox]"))?.focus({ preventScroll: true });
    }
  }

  drawAll() {
    const { parts, choice } = this;
    const cards = this.cardOf(choice.measure);
    this.markMeasure();
    mark(this.strip, choice.period);
    if (this.strip.querySelector(".quarter[aria-checked=true]")) parts.strip.classList.add("with-quarters");
    const year = choice.period.slice(0, 4); // of quarters, those of the chosen year alone stand in the strip
    for (const button of this.strip.children) button.classList.toggle("of-year", button.dataset.value.startsWith(year));
    this.drawCounty();
    this.drawFinding();
    this.drawFigures();
    this.drawPillars();
    this.drawMatters();
    this.drawMap(cards);
    this.columns.classList.toggle("of-one", this.place > PROVINCE);
    if (this.place > PROVINCE) this.drawPlace();
    else this.drawOrder(cards);
    this.drawQuarters(cards);
    this.drawFiles();
    this.drawDoors();
    this.reveal();
    this.trim();
    this.light();
  }

  markMeasure() {
    const { measure } = this.choice;
    mark(this.quick, measure);
    this.list.value = measure;
    this.list.classList.toggle("chosen", !this.resource.quick.includes(measure));
  }

  cardOf(measure) {
    const [code, name, pillar, definition] = this.resource.measures.find(([known]) => known === measure);
    return { code, name, pillar, definition };
  }

  // Before what is of the chosen place: its name, so that nobody takes it for the province's.
  whose() {
    return this.place > PROVINCE ? `${this.resource.places[this.place][1]} ` : "";
  }

  label(period = this.choice.period) {
    return this.resource.periods.find(([code]) => code === period)[1];
  }

  drawCounty() {
    const { county } = this;
    this.parts.county.hidden = !county;
    if (county) this.parts.county.replaceChildren(county.sentence, link(county.link, this.open("county", { place: county.place })));
  }

  drawFinding() {
    const sentences = this.resource.findings[this.choice.period] ?? [];
    const lines = sentences.map((sentence) => {
      const line = element("p");
      for (const part of sentence) line.append(typeof part === "string" ? part : link(part[0], this.open(part[1], part[2])));
      return line;
    });
    const more = element("button", "more", "全部结论");
    more.type = "button";
    const open = this.parts.finding.classList.contains("open");
    more.setAttribute("aria-expanded", String(open));
    more.addEventListener("click", () => more.setAttribute("aria-expanded", String(this.parts.finding.classList.toggle("open"))));
    const text = element("div", "sentences");
    text.append(...lines);
    const whose = this.whose();
    this.parts.finding.replaceChildren(text, ...(whose ? [element("b", "whose", `以下为${whose.trim()}`)] : []), more);
  }

  drawFigures() {
    this.parts.cards.replaceChildren(...this.resource.headlines.map(([code, name]) => this.figure(code, name)));
  }

  figure(code, name) {
    const { resource } = this;
    const card = link("", this.open("definitions", { place: this.homeCode, indicator: code, evidence: "true" }), "figure");
    const text = this.ofHome("text", code) ?? "";
    card.append(element("span", "name", name), element("b", text.includes("（") ? "value reasoned" : "value", text));
    const change = element("span", "change", this.ofHome("change", code) ?? "");
    const status = this.ofHome("status", code) ?? -1;
    const light = element("span", `light s${status}`, resource.lights[status] ?? "");
    card.append(change, bar(this.ofHome("done", code) ?? -1, status, this.ofHome("due", code) ?? -1), light);
    const goal = this.ofHome("goal", code);
    if (goal) card.append(element("span", "goal", goal));
    if (!resource.sees_all && this.home === PROVINCE) card.removeAttribute("href"); // the province's rows are not for this reader
    return card;
  }

  drawPillars() {
    const { resource, home: place } = this;
    const scores = resource.scores[this.choice.period] ?? {};
    const rows = [["ALL", "综合"], ...resource.pillars].map(([code, name]) => {
      const page = { ALL: "scorecard", P1: "party", P2: "mechanism", P3: "guidance", P4: "platform" }[code];
      const row = link("", this.open(page, { place: this.homeCode }), "pillar");
      const score = scores[code];
      row.classList.toggle("unscored", (score?.bar[place] ?? -1) < 0); // then the text is a sentence
      row.append(element("span", "name", name), bar(score?.bar[place] ?? -1, -1), element("b", "value", score?.text[place] ?? ""));
      const met = element("span", "met", score?.met[place] ?? "");
      met.title = "达标的指标数/计分的指标数";
      row.append(met);
      return row;
    });
    this.title(this.parts.pillars, `${this.whose()}四个突出`, "");
    this.body(this.parts.pillars).replaceChildren(...rows);
  }

  drawMatters() {
    const { whole: resource, home: place } = this;
    const all = resource.attention[this.choice.period] ?? [];
    const own = all.filter((matter) => place <= PROVINCE || matter[1] === place);
    const title = `需要关注（${this.whose()}${own.length}）`;
    this.title(this.parts.matters, title, resource.attention_rule);
    this.parts.matters.classList.toggle("of-one", place > PROVINCE);
    const rows = own.slice(0, MOST_MATTERS).map(([symbol, at, measure, text, kind]) => {
      const row = element("li", `matter k-${kind}`);
      if (resource === this.resource) row.dataset.place = at; // it stands on the map
      const [code, name] = resource.places[at];
      const proof = {
        滞后: ["definitions", { indicator: measure, evidence: "true" }],
        "超过100%": ["definitions", { indicator: measure, evidence: "true" }],
        逾期: ["projects", { status: "实施中", sort: "planned_end_date" }],
      }[kind] ?? ["quality", {}];
      const sign = element("span", "sign", symbol);
      sign.setAttribute("aria-hidden", "true");
      row.append(sign, element("span", "where", name), link(text, this.open(proof[0], { ...proof[1], place: code })));
      return row;
    });
    const list = element("ol", "list");
    list.setAttribute("aria-label", `${title}：上下键移动，回车打开`);
    list.append(...rows);
    for (const proof of list.querySelectorAll("a")) proof.tabIndex = -1;
    this.stopAt(list.querySelector("a"));
    if (!own.length) list.append(element("li", "none", "本期没有需要关注的事项。"));
    this.body(this.parts.matters).replaceChildren(list);
    this.matters = own.length;
    this.parts.rest?.remove();
    this.parts.rest = element("button", "more rest", `全部 ${own.length} 项`);
    this.parts.rest.type = "button";
    this.parts.rest.addEventListener("click", () => this.openPart("matters"));
    this.parts.matters.append(this.parts.rest);
  }

  // Of the matters whole rows alone stand on the screen; the others are behind the button below them.
  trim() {
    const { matters, rest } = this.parts;
    if (!rest) return;
    const rows = [...matters.querySelectorAll(".matter")];
    for (const row of [...rows, rest]) row.hidden = false;
    const edge = () => this.body(matters).getBoundingClientRect().bottom + 0.5;
    const isCut = (row) => row.getBoundingClientRect().bottom > edge();
    rest.hidden = this.matters === rows.length;
    if (!rows.some(isCut)) return;
    rest.hidden = false;
    const cut = rows.filter(isCut);
    for (const row of cut) row.hidden = true;
  }

  // Of the matters one is a stop of the Tab key, and the arrow keys move among them.
  stopAt(proof) {
    if (!proof) return;
    for (const other of proof.closest(".list").querySelectorAll('a[tabindex="0"]')) other.tabIndex = -1;
    proof.tabIndex = 0;
  }

  onMatterKey(event) {
    const proofs = [...event.target.closest(".list").querySelectorAll(".matter:not([hidden]) a")];
    const at = proofs.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: proofs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (!proofs[to]) return;
    this.stopAt(proofs[to]);
    proofs[to].focus();
  }

  drawMap(card) {
    const { resource } = this;
    const [texts, classes, words] = [this.of("text"), this.of("class"), this.of("classes")];
    this.svg.setAttribute("aria-label", `${card.name}（${this.label()}）：地图`);
    const unseen = new Map(resource.unseen);
    const present = new Set();
    for (const [code, { shape, label, n }] of this.shapes) {
      const kind = n > 0 ? (classes[n] < 0 ? "none" : `c${classes[n]}`) : "unseen";
      present.add(kind);
      shape.setAttribute("class", `shape ${kind}`);
      const name = n > 0 ? resource.places[n][1] : unseen.get(code);
      shape.setAttribute("aria-label", `${name}：${n > 0 ? texts[n] : "无权查看"}`);
      label.textContent = name;
      label.setAttribute("class", kind);
    }
    const legend = words.map((text, n) => [`c${n}`, text]);
    if (present.has("none")) legend.push(["none", "无数据"]);
    if (present.has("unseen")) legend.push(["unseen", "无权查看"]);
    this.legend.replaceChildren(
      ...legend.map(([kind, text]) => {
        const entry = element("li", kind, text);
        entry.prepend(element("i"));
        return entry;
      }),
    );
  }

  drawOrder(card) {
    const { resource, parts } = this;
    this.title(parts.places, `${card.name}（${this.label()}）由高到低`, card.definition);
    const [texts, bars, statuses] = [this.of("text"), this.of("bar"), this.of("status")];
    const list = element("ul", "order");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", `${card.name}，由高到低；上下键移动，回车选定`);
    list.tabIndex = 0;
    for (const n of this.of("order")) {
      if (statuses[n] < 0) continue;
      const row = element("li", "row");
      row.id = `cockpit-place-${n}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      if (n < resource.places.length - 1) row.dataset.place = n;
      row.append(element("span", "name", resource.places[n][1]), bar(bars[n], statuses[n]), element("span", "value", texts[n]));
      list.append(row);
    }
    this.order = list;
    this.body(parts.places).replaceChildren(list);
  }

  drawPlace() {
    const { resource, parts, place } = this;
    const [code, name] = resource.places[place];
    this.title(parts.places, `${name}（${this.label()}）`, "");
    const table = element("table", "own");
    const head = element("tr");
    for (const text of ["指标", name, "全省", "同类中位数", "名次"]) {
      if (!resource.sees_all && (text === "同类中位数" || text === "名次")) continue;
      const cell = element("th", "", text);
      cell.scope = "col";
      head.append(cell);
    }
    table.append(head);
    for (const [measure, title] of resource.headlines) {
      const row = element("tr");
      const label = element("th", "", title);
      label.scope = "row";
      const status = this.of("status", measure)?.[place] ?? -1;
      const own = element("td", `value s${status}`, this.of("text", measure)?.[place] ?? "");
      own.title = this.of("goal", measure)?.[place] ?? "";
      row.append(label, own, element("td", "", this.of("text", measure)?.[PROVINCE] ?? ""));
      if (resource.sees_all) row.append(element("td", "", this.of("median", measure)?.[place] ?? ""), element("td", "", this.of("rank", measure)?.[place] ?? ""));
      table.append(row);
    }
    const worst = element("ol", "list worst");
    const own = (resource.attention[this.choice.period] ?? []).filter((matter) => matter[1] === place && matter[4] === "滞后");
    for (const [symbol, , measure, text] of own.slice(0, 3)) {
      const row = element("li", "matter k-滞后");
      row.append(element("span", "sign", symbol), link(text, this.open("definitions", { place: code, indicator: measure, evidence: "true" })));
      worst.append(row);
    }
    const doors = element("p", "doors");
    const back = element("button", "back", "返回全省（Esc）");
    back.type = "button";
    back.addEventListener("click", () => this.release());
    doors.append(link(`打开${name}`, this.open("prefecture", { place: code }), "open"));
    doors.append(back);
    this.body(parts.places).replaceChildren(table, worst, doors);
  }

  drawQuarters(card) {
    const { parts } = this;
    const { whose, heights, texts } = this.quartersOf(card.code);
    this.title(parts.quarters, `${whose}：各季度`, "");
    const periods = this.resource.quarters.periods;
    if (heights[0].every((height) => height < 0)) {
      this.body(parts.quarters).replaceChildren(element("p", "none", "没有分季度的数。"));
      return;
    }
    const chart = element("ul", "bars");
    periods.forEach((period, n) => {
      const entry = element("li");
      const column = element("span", heights[0][n] < 0 ? "column none" : "column");
      column.style.setProperty("--height", `${Math.max(heights[0][n], 0) / 10}%`);
      const label = element("span", "when", this.shortQuarter(period));
      entry.title = `${this.label(period)}：${texts[n]}`;
      const spoken = element("span", "spoken", `${this.label(period)}：${texts[n]}`);
      entry.append(column, label, spoken);
      if (heights[1][n] >= 0) {
        const target = element("span", "target");
        target.style.setProperty("--height", `${heights[1][n] / 10}%`);
        entry.append(target);
      }
      label.setAttribute("aria-hidden", "true");
      chart.append(entry);
    });
    const last = texts.findLastIndex(Boolean);
    const note = element("p", "reading", last < 0 ? "" : `${this.label(periods[last])}：${texts[last]}`);
    if (heights[1].some((height) => height >= 0)) note.append(element("span", "key", "— 目标"));
    this.body(parts.quarters).replaceChildren(chart, note);
  }

  // Whose quarters stand on the screen, heights of values and targets, and the values as texts.
  quartersOf(code) {
    const { whole: resource } = this;
    const place = Math.max(this.home, PROVINCE);
    return {
      whose: resource.places[place][1],
      heights: resource.quarters.heights[code]?.[place] ?? [[], []],
      texts: resource.quarters.periods.map((period) => resource.text[period]?.[code]?.[place] ?? ""),
    };
  }

  shortQuarter(period) {
    return `${period.slice(2, 4)}.${period.slice(-1)}`;
  }

  drawDoors() {
    this.doors.replaceChildren(
      ...this.data.parts.map(([code, title]) => {
        const door = element("button", "more", title);
        door.type = "button";
        door.setAttribute("aria-expanded", String(this.data.part === code));
        door.addEventListener("click", () => this.openPart(code));
        return door;
      }),
    );
  }

  openPart(code) {
    this.tell();
    window.streamlitPage?.beginStep();
    this.askPart(code);
  }

  // A part just opened, by its button or by the address, is moved into sight once, when it is there; Back leads to where
  // the reader was. The reader who moves meanwhile is let alone.
  async reveal() {
    const isNew = this.shownPart !== this.data.part;
    this.shownPart = this.data.part;
    const top = arrival.takeTop();
    if (!isNew || !this.data.part || this.data.params.mode === "screen") return; // the wall goes from block to block
    const deadline = performance.now() + PATIENCE;
    this.reader = "still";
    for (let last = -1; this.reader === "still" && this.mount.isConnected && performance.now() < deadline; ) {
      const [main, part] = [document.querySelector(window.streamlitPage?.main ?? "main"), document.querySelector(".st-key-part")];
      if (main && part) {
        const wanted = top ?? main.scrollTop + part.getBoundingClientRect().top - main.getBoundingClientRect().top - parseFloat(getComputedStyle(part).scrollMarginTop);
        if (Math.abs(main.scrollTop - wanted) > 1 && main.scrollHeight !== last) main.scrollTop = wanted;
        last = main.scrollHeight;
      }
      await new Promise(requestAnimationFrame);
    }
  }

  drawFiles() {
    this.files.replaceChildren(
      ...this.data.files.map(([title, address]) => {
        const file = link(title, `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams({ asof: this.data.params.asof, period: this.choice.period })}`, "file");
        file.download = "";
        return file;
      }),
    );
  }

  // ---- pointing, choosing, keys

  point(target) {
    const n = target ? Number(target.dataset.place) : -1;
    if (n === this.pointed) return;
    this.pointed = n;
    this.light();
  }

  light() {
    const lit = this.pointed > PROVINCE ? this.pointed : this.place;
    for (const part of this.mount.querySelectorAll("[data-place]")) part.classList.toggle("lit", lit > PROVINCE && Number(part.dataset.place) === lit);
    for (const row of this.order?.children ?? []) row.setAttribute("aria-selected", String(row.classList.contains("lit")));
    const shape = this.mount.querySelector(".shape.lit");
    this.top.setAttribute("d", shape?.getAttribute("d") ?? "");
  }

  onClick(event) {
    const choice = event.target.closest?.("[role=radio]");
    if (choice) {
      this.choose({ [choice.parentElement.dataset.name]: choice.dataset.value });
      return;
    }
    if (event.target.closest?.("a, button, select, .where ~ a")) return;
    const target = event.target.closest?.("[data-place]");
    if (target) this.pick(Number(target.dataset.place));
  }

  pick(n) {
    if (n <= PROVINCE) return;
    const [code] = this.resource.places[n];
    if (this.choice.place === code && !this.county) this.openPlace();
    else {
      this.choose({ place: code });
      this.parts.places.querySelector(".open")?.focus({ preventScroll: true });
    }
  }

  openPlace() {
    const { county, choice } = this;
    location.assign(county ? this.open("county", { place: county.place }) : this.open("prefecture", { place: choice.place }));
  }

  release() {
    this.choose({ place: this.resource.places[PROVINCE][0] });
    this.order?.focus({ preventScroll: true });
  }

  onKey(event) {
    if (event.key === "Escape" && this.place > PROVINCE) {
      event.preventDefault();
      this.release();
    } else if (event.key === "Enter" && this.place > PROVINCE && event.target === document.body) {
      this.openPlace();
    } else if (event.target.matches?.("[role=radio]")) this.onChoiceKey(event);
    else if (event.target.matches?.("[role=listbox]")) this.onOrderKey(event);
    else if (event.target.matches?.(".matters .list a")) this.onMatterKey(event);
  }

  onChoiceKey(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...event.target.parentElement.children].filter((button) => button.offsetParent);
    const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
    this.choose({ [next.parentElement.dataset.name]: next.dataset.value });
    next.focus();
  }

  onOrderKey(event) {
    const rows = [...this.order.querySelectorAll("[data-place]")];
    const at = rows.findIndex((row) => Number(row.dataset.place) === this.pointed);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Enter" && at >= 0) this.pick(this.pointed);
    else if (to !== undefined && rows[to]) {
      this.point(rows[to]);
      this.order.setAttribute("aria-activedescendant", rows[to].id);
      rows[to].scrollIntoView({ block: "nearest" });
    } else if (to === undefined) return;
    event.preventDefault();
  }

  // ---- small things

  fit() {
    if (!this.svg) return;
    const top = this.mount.getBoundingClientRect().top + (document.scrollingElement?.scrollTop ?? 0) + this.scrolled();
    const bar = this.barAndFoot();
    this.mount.style.setProperty("--free", `${Math.round(innerHeight - top - bar)}px`);
    this.mount.style.setProperty("--rest", `${this.mount.offsetHeight - this.columns.offsetHeight}px`);
    // Names on the map are as large as the other text, whatever the size of the map.
    const scale = Math.min(this.svg.clientWidth / this.resource.map.size[0], this.svg.clientHeight / this.resource.map.size[1]);
    const letters = parseFloat(getComputedStyle(this.mount).fontSize);
    if (scale > 0) this.svg.style.setProperty("--name", `${(letters / scale).toFixed(1)}px`);
    this.trim();
  }

  // What keeps its place below the screen on the wall, where nobody scrolls: the bar, and the foot of the page.
  barAndFoot() {
    const bar = document.querySelector(".wallbar");
    const foot = document.querySelector(".foot");
    if (!bar || !foot) return 0;
    const below = foot.getBoundingClientRect().bottom - this.mount.getBoundingClientRect().bottom;
    return bar.offsetHeight + Math.min(Math.max(below, 0), 2 * foot.offsetHeight + 32); // a part in between goes in a moment
  }

  scrolled() {
    const main = document.querySelector(window.streamlitPage?.main ?? "main");
    return main?.scrollTop ?? 0;
  }

  title(part, text, hint) {
    const heading = part.querySelector("h2");
    heading.textContent = text;
    heading.title = hint;
  }

  body(part) {
    return part.querySelector(".content");
  }
}

// How far down the reader was at each address, and whether Back has led to this one: the browser itself restores only
// what the window scrolls, and here a part of the page does. Kept for the tab, because many links load the page anew.
class Arrival {
  constructor() {
    this.tops = new Map(stored());
    this.back = performance.getEntriesByType("navigation")[0]?.type === "back_forward" ? location.href : "";
    window.addEventListener("popstate", () => (this.back = location.href));
    const note = () => {
      const main = document.querySelector(window.streamlitPage?.main ?? "main");
      if (main) this.tops.set(location.href, main.scrollTop);
    };
    // Before a click or a key leads away; not while it scrolls, which the next page makes it do too.
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, note, { capture: true, passive: true });
    window.addEventListener("pagehide", () => {
      note();
      try {
        sessionStorage.setItem("tops", JSON.stringify([...this.tops].slice(-50)));
      } catch {
        // storage is closed to a frame of another site: Back leads to the part
      }
    });
  }

  // Where to be again after Back, once; undefined on any other way.
  takeTop() {
    const top = this.back === location.href ? this.tops.get(location.href) : undefined;
    this.back = "";
    return top;
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem("tops") ?? "[]");
  } catch {
    return [];
  }
}

const arrival = new Arrival();

class Problem extends Error {}

async function fetched(address) {
  if (kept.has(address)) return kept.get(address);
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Problem((await answer.text()).slice(0, 200));
  const resource = await answer.json();
  kept.clear(); // one snapshot is enough: the browser keeps the bytes of the others
  kept.set(address, resource);
  return resource;
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function drawing(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

export function section(className, title) {
  const made = element("section", className);
  made.append(element("h2", "", title), element("div", "content"));
  return made;
}

export function link(text, address, className = "") {
  const made = element("a", className, text);
  made.href = address;
  made.target = "_self";
  return made;
}

// A bar in thousandths, empty without a value; due: where it should be by now.
export function bar(thousandths, status, due = -1) {
  const made = element("span", `bar s${status}`);
  made.setAttribute("aria-hidden", "true");
  made.append(element("i"));
  made.style.setProperty("--share", String(Math.min(Math.max(thousandths, 0), 1000) / 1000));
  if (due >= 0) {
    made.classList.add("due");
    made.style.setProperty("--due", String(Math.min(due, 1000) / 1000));
  }
  return made;
}

export function choices(name, label, options) {
  const made = element("div", "choices");
  made.dataset.name = name;
  made.setAttribute("role", "radiogroup");
  made.setAttribute("aria-label", label);
  for (const [value, text, label] of options) {
    const button = element("button", "", text);
    button.type = "button";
    button.dataset.value = value;
    button.setAttribute("role", "radio");
    if (label) button.setAttribute("aria-label", label);
    made.append(button);
  }
  return made;
}

export function mark(group, value) {
  const buttons = [...group.children];
  const isThere = buttons.some((button) => button.dataset.value === value);
  buttons.forEach((button, n) => {
    const isChosen = button.dataset.value === value;
    button.setAttribute("aria-checked", String(isChosen));
    button.tabIndex = isChosen || (!isThere && n === 0) ? 0 : -1;
  });
}
