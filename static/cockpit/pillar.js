// The head of a pillar's page: its indicators as bullet rows beside the map and the order of places of the chosen one. The
// rows are of the page's place and come with the page, for a county too; the map, the order and the quarters stand in the
// resource. To choose an indicator or a place draws it at once and then tells the server, which shows the same below.
import { Screen, bar, drawing, element, link, mark, section } from "./screen.js";

const FULL = 1.25; // how many times the target the width of a bullet is
const [WIDE, LONG] = [11, 13]; // letters of a name; longer ones have no room on the wall, or beside the bars of an office's window
const ABSENT = { text: "", class: -1, bar: -1, status: -1 }; // what is said of a place by an indicator that the period has not
const HEADS = ["指标", "本期", "对目标（竖线）", "状态", "各季度"];

// The head of a page whose other parts come from the server: it hears of every choice, once that is drawn.
export class Head extends Screen {
  constructor(mount) {
    super(mount);
    // A step back may overtake the server: it then never says the choice that it takes back, nor anything else instead.
    this.onBack = () => {
      this.asked = "";
      if (this.resource) this.follow(this.data.choice);
    };
    window.addEventListener("popstate", this.onBack);
  }

  leave() {
    super.leave();
    window.removeEventListener("popstate", this.onBack);
  }

  // The page's own place and measure; one that the period does not have stays and has no values.
  valid(choice) {
    return { ...super.valid(choice), measure: choice.measure };
  }

  of(kind, ...more) {
    return super.of(kind, ...more) ?? (kind in ABSENT ? this.resource.places.map(() => ABSENT[kind]) : []);
  }

  tell() {} // nothing is chosen here that the server has not heard of
}

export class PillarHead extends Head {
  constructor(mount) {
    super(mount);
    mount.classList.add("of-pillar");
  }

  cardOf(code) {
    const [, , , definition = ""] = this.resource.measures.find(([known]) => known === code) ?? [];
    return { code, name: this.data.rows.find((row) => row.code === code).name, definition };
  }

  chosen(change) {
    if (change.measure) this.ask("indicator", change.measure);
    if (change.place) this.ask("place", change.place);
  }

  build() {
    const { mount } = this;
    mount.classList.remove("stale");
    mount.replaceChildren();
    const parts = {
      rows: element("div", "indicators"),
      chosen: section("chosen", ""),
      map: element("div", "map"),
      places: section("places", "由高到低"),
      quarters: section("quarters", ""),
    };
    this.parts = parts;
    parts.progress = element("p", "progress");
    parts.doors = element("p", "doors");
    parts.places.append(parts.doors);
    const middle = element("div", "middle");
    middle.append(parts.chosen, parts.map);
    const right = element("div", "right");
    right.append(parts.places, parts.quarters);
    this.columns = element("div", "body");
    this.columns.append(parts.rows, middle, right);
    mount.append(this.columns);
    this.body(parts.chosen).append(parts.progress);
    this.buildMap();
    const source = element("p", "source", this.resource.foot[1]);
    source.title = this.resource.foot[1];
    parts.map.after(source);
    this.fit();
  }

  drawAll() {
    const { parts, choice } = this;
    const card = this.cardOf(choice.measure);
    this.drawRows();
    this.title(parts.chosen, `${card.name}（${this.label()}）`, card.definition);
    parts.progress.textContent = this.county?.sentence ?? this.row.progress;
    this.drawMap(card);
    this.drawOrder(card);
    this.drawOpen();
    this.drawQuarters(card);
    this.light();
  }

  get row() {
    return this.data.rows.find((row) => row.code === this.choice.measure);
  }

  drawRows() {
    const head = element("div", "heads");
    head.setAttribute("aria-hidden", "true");
    head.append(...HEADS.map((text) => element("span", "", text)));
    const list = element("div", "bullets");
    list.dataset.name = "measure";
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-label", "看哪一项");
    list.append(...this.data.rows.map((row) => this.bullet(row)));
    mark(list, this.choice.measure);
    const isFocused = this.parts.rows.contains(document.activeElement);
    this.parts.rows.replaceChildren(head, list);
    if (isFocused) list.querySelector('[aria-checked="true"]')?.focus({ preventScroll: true });
  }

  bullet({ code, name, short, value, change, goal, done, attained, status, light, heights }) {
    const row = element("button", "bullet");
    row.type = "button";
    row.dataset.value = code;
    row.setAttribute("role", "radio");
    row.setAttribute("aria-label", [name, value, change, goal, attained, light].filter(Boolean).join("，"));
    row.title = row.getAttribute("aria-label"); // what the row's width may cut
    const size = value.startsWith("（") ? " absent" : value.length > 7 ? " long" : "";
    const meter = done < 0 ? element("span", "bar absent") : bar(done / FULL, status, 1000 / FULL);
    const named = element("span", name.length > LONG ? "name long" : name.length > WIDE ? "name wide" : "name");
    named.append(element("span", "whole", name), element("span", "short", short));
    row.append(named, element("b", `value${size}`, value), element("span", "change", change), meter);
    row.append(element("span", "goal", goal), element("span", `light s${status}`, light), element("span", "done", attained), columns(heights));
    return row;
  }

  drawOrder(card) {
    super.drawOrder(card);
    this.title(this.parts.places, "由高到低", card.definition);
    if (!this.order.children.length) {
      this.body(this.parts.places).replaceChildren(element("p", "none", "本指标只在省级计算，没有州市值。"));
    }
  }

  drawOpen() {
    const { parts, place } = this;
    const [code, name] = this.resource.places[place];
    parts.doors.hidden = place <= 0;
    if (place <= 0) return;
    const back = element("button", "back", "全省（Esc）");
    back.type = "button";
    back.addEventListener("click", () => this.release());
    const door = this.county
      ? link(this.county.link, this.open("county", { place: this.county.place }), "open")
      : link(`打开${name}`, this.open("prefecture", { place: code }), "open");
    parts.doors.replaceChildren(door, back);
  }

  // Of a county the resource has no quarters: then they are those that came with its row, without targets.
  quartersOf(code) {
    if (!this.data.place) return super.quartersOf(code);
    return { whose: this.data.place, heights: [this.row.heights, []], texts: this.row.texts };
  }

  open(page, params) {
    return super.open(page, { indicator: this.choice.measure, ...params });
  }
}

// Small columns of the quarters, one drawing; a quarter without a value has none.
function columns(heights) {
  const wide = 100 / Math.max(heights.length, 1);
  const path = heights.map((height, n) => (height < 0 ? "" : `M${n * wide} 100V${100 - Math.max(height, 20) / 10}h${wide * 0.8}V100z`));
  const svg = drawing("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", class: "spark", "aria-hidden": "true" });
  svg.append(drawing("path", { d: path.join("") }));
  return svg;
}
