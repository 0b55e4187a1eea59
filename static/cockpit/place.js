// The head of the page of a prefecture or a county: five figures, the map of the prefecture's counties with their order, and
// of a prefecture where it stands among the others and what needs somebody. Counties come with the page, for the headlines
// and the chosen measure; what is said of the prefecture stands in the resource. A choice is drawn at once, then told.
import { Head } from "./pillar.js";
import { element, link } from "./screen.js";

const SCORES = ["", "", "得分", "达标", "名次"];

export class PlaceHead extends Head {
  constructor(mount) {
    super(mount);
    mount.classList.add("of-place");
  }

  // The same resource with the prefecture in the place of the province and its counties below it.
  adapted(resource) {
    this.base = resource;
    const { places, map, cells } = this.data.counties;
    const quick = resource.headlines.map(([code]) => code);
    return { ...resource, ...cells, places, map, quick, unseen: [] };
  }

  get whole() {
    return this.base;
  }

  get home() {
    return this.base.places.findIndex(([code]) => code === this.resource.places[0][0]);
  }

  get homeCode() {
    return this.data.own;
  }

  get isCounty() {
    return Boolean(this.data.cards);
  }

  ofHome(kind, measure) {
    return this.isCounty ? this.data.cards[measure]?.[kind] : super.ofHome(kind, measure);
  }

  whose() {
    return "";
  }

  follow(choice) {
    this.resource = this.adapted(this.base);
    if (this.built !== this.data.own) this.build();
    super.follow(choice);
  }

  chosen(change) {
    if (change.measure) this.ask("measure", change.measure);
    if (change.place) this.ask("place", change.place);
  }

  build() {
    const { mount } = this;
    this.built = this.data.own;
    mount.classList.toggle("of-county", this.isCounty);
    const parts = this.buildColumns();
    if (this.isCounty) this.columns.querySelector(".left").remove(); // scores and matters are a prefecture's
    parts.doors = element("p", "doors");
    parts.places.append(parts.doors);
    this.files = element("span", "take");
    const foot = element("p", "source");
    foot.append(element("span", "", this.resource.foot[1]), ...this.data.notes.map((note) => element("span", "remark", note)), this.files);
    mount.append(parts.cards, this.columns, foot);
    this.buildMap();
    this.buildMeasures();
    this.fit();
  }

  drawAll() {
    const { choice, data, mount } = this;
    const card = this.cardOf(choice.measure);
    this.markMeasure();
    this.hasCounties = data.counties.measures.includes(choice.measure);
    mount.classList.toggle("stale", this.hasCounties && !this.resource.text[choice.period]?.[choice.measure]); // the server is asked for it
    this.drawFigures();
    if (!this.isCounty) {
      this.drawPillars();
      this.drawMatters();
    }
    this.drawMap(card);
    this.drawOrder(card);
    this.drawOpen();
    this.drawQuarters(card);
    this.drawFiles();
    this.fit();
    this.light();
  }

  figure(code, name) {
    const card = super.figure(code, name);
    const said = (kind) => this.ofHome(kind, code) ?? "";
    const pairs = this.isCounty
      ? [["州市内名次", said("rank")], [this.data.prefecture, said("whole")]]
      : this.resource.sees_all
        ? [["名次", said("rank")], ["同类中位数", said("median")]]
        : [["全省", this.base.text[this.choice.period]?.[code]?.[0] ?? ""]];
    const standing = element("span", "standing");
    standing.append(...pairs.map(([label, text]) => element("span", "", `${label} ${text}`)));
    card.append(standing);
    return card;
  }

  drawPillars() {
    super.drawPillars();
    const rows = this.body(this.parts.pillars);
    const scores = this.base.scores[this.choice.period] ?? {};
    const { sees_all: seesAll, pillars } = this.base;
    ["ALL", ...pillars.map(([code]) => code)].forEach((code, n) => {
      const rank = element("span", "rank", seesAll ? (scores[code]?.rank[this.home] ?? "") : "");
      rank.title = "在各州市中的名次";
      rows.children[n].append(rank);
    });
    const heads = element("p", "heads");
    heads.setAttribute("aria-hidden", "true");
    heads.append(...SCORES.slice(0, seesAll ? 5 : 4).map((text) => element("span", "", text)));
    rows.prepend(heads);
  }

  drawMap(card) {
    super.drawMap(card);
    if (!this.hasCounties) this.legend.replaceChildren();
  }

  drawOrder(card) {
    super.drawOrder(card);
    const hasDoors = this.place > 0 && !this.isCounty; // which leave no room for the measure's name
    if (hasDoors) this.title(this.parts.places, "由高到低", card.definition);
    if (!this.hasCounties) this.body(this.parts.places).replaceChildren(element("p", "none", this.data.counties.absent));
  }

  drawOpen() {
    const { doors } = this.parts;
    const [code, name] = this.resource.places[this.place];
    doors.hidden = this.place <= 0;
    if (this.place <= 0) return;
    if (this.isCounty) {
      const [above] = this.resource.places[0];
      doors.replaceChildren(link(`打开${this.data.prefecture}`, this.open("prefecture", { place: above }), "open"));
      return;
    }
    const back = element("button", "back", "全州市（Esc）");
    back.type = "button";
    back.addEventListener("click", () => this.release());
    doors.replaceChildren(link(`打开${name}`, this.open("county", { place: code }), "open"), back);
  }

  openPlace() {
    if (!this.isCounty) location.assign(this.open("county", { place: this.choice.place }));
  }

  // The county that a county's page is of cannot be let go, and is open: these keys are others'.
  onKey(event) {
    const isFree = this.isCounty && (event.key === "Escape" || (event.key === "Enter" && event.target === document.body));
    if (!isFree) super.onKey(event);
  }

  openPart(code) {
    super.openPart(code);
    document.querySelector(".st-key-parts")?.scrollIntoView({ block: "start" });
  }

  quartersOf(code) {
    if (!this.isCounty) return super.quartersOf(code);
    const { heights, texts } = this.data.quarters[code] ?? { heights: [], texts: [] };
    return { whose: this.data.name, heights: [heights, []], texts };
  }

  fit() {
    super.fit();
    if (this.svg) this.spread();
  }

  light() {
    super.light();
    this.spread();
  }

  // A name that would cover another moves half a line; where that does not help, only the larger place has its name, or
  // the one that is lit: beside its own place a name would be taken for another's.
  spread() {
    const places = [...this.shapes.values()].map(({ shape, label }) => ({ shape, label, size: areaOf(shape.getBBox()) }));
    places.sort((one, other) => other.shape.matches(".lit") - one.shape.matches(".lit") || other.size - one.size);
    const taken = [];
    for (const { label } of places) {
      label.removeAttribute("dy");
      label.removeAttribute("hidden");
      const box = label.getBBox();
      const steps = [0, 0.5, -0.5].map((by) => by * box.height);
      const step = steps.find((by) => !taken.some((other) => isOver(other, box, by)));
      if (step === undefined) {
        label.setAttribute("hidden", "");
        continue;
      }
      if (step) label.setAttribute("dy", step.toFixed(1));
      taken.push({ x: box.x, y: box.y + step, width: box.width, height: box.height });
    }
  }

  // Where there is no room for both, the order of the counties stays and the quarters go.
  trim() {
    const { places, quarters } = this.parts;
    quarters.hidden = false;
    const content = this.body(places);
    quarters.hidden = content.scrollHeight > content.clientHeight + 1;
    super.trim();
  }
}

function areaOf({ width, height }) {
  return width * height;
}

// Whether a box covers another that is moved down by so much, or touches it.
function isOver(one, other, by) {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + by + other.height) - Math.max(one.y, other.y + by);
  return across > 0 && down > 0;
}
