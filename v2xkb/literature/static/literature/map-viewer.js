// A keyword map that is looked around in: what is seen of it, what is pointed at, what is chosen.

import embed from "../charts/vega-embed.js";
import { fragmentOf } from "./map-address.js";
import { Camera } from "./map-camera.js";
import { bundles, named, size } from "./map-data.js";
import { densityOf } from "./map-density.js";
import { fitting } from "./map-labels.js";
import { itemAt, linkAt } from "./map-pick.js";
import { specification } from "./map-spec.js";
import { colourOf, themeOf } from "./map-theme.js";

const GLIDE = 260;
// Near enough to see what is around a keyword that was searched for.
const CLOSE = 2.5;
const REMEMBERED_AFTER = 300;

// Some round values between two.
function ticks(least, most) {
  const rough = (most - least) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const found = [];
  for (let value = Math.ceil(least / step) * step; value <= most; value += step) found.push(value);
  return found;
}

export class Viewer {
  // `told` hears what is pointed at and chosen, `open` shows the publications behind keywords.
  constructor(stage, { told, open, titleOf }) {
    Object.assign(this, { stage, told, open_: open, titleOf });
    this.canvas = stage.querySelector(".map-canvas");
    this.pointed = { items: [], link: null };
    this.chosen = null;
    this.cluster = null;
    const again = () => this.map && this.dress();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    new ResizeObserver(() => {
      if (stage.clientWidth !== this.camera?.width || stage.clientHeight !== this.camera?.height) again();
    }).observe(stage);
  }

  // Shows a map; what was looked at before stays in sight where there is such a part of it.
  show(map, { view, score, zoom, at, term }) {
    cancelAnimationFrame(this.frame);
    Object.assign(this, { map, view, score, goal: null });
    this.camera = new Camera(map.box, this.stage.clientWidth, this.stage.clientHeight);
    if (at) this.camera.look(...at, zoom);
    this.chosen = term ? named(map, term) : null;
    if (this.chosen && !at) this.camera.look(this.chosen.x, this.chosen.y, CLOSE);
    this.pointed = { items: [], link: null };
    this.cluster = null;
    return this.dress();
  }

  get state() {
    return { view: this.view, score: this.score, term: this.chosen ? this.chosen.label : "", camera: this.camera };
  }

  get scoreName() {
    return this.map.scores.includes(this.score) ? this.score : this.map.scores[0];
  }

  look(view, score = this.score) {
    [this.view, this.score] = [view, score];
    return this.dress();
  }

  // Draws everything anew: another map, view, size or scheme.
  async dress() {
    const { stage, map } = this;
    this.turn = (this.turn || 0) + 1;
    const turn = this.turn;
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    this.theme = themeOf(stage);
    this.camera.resize(width, height);
    size(map, width, height);
    const values = map.items.map((one) => one.scores[this.scoreName]).filter(Number.isFinite);
    const domain = [Math.min(...values), Math.max(...values)];
    const place = document.createElement("div");
    const spec = specification(this.view, this.theme, {
      width,
      height,
      domain,
      ticks: ticks(...domain),
      camera: this.camera.value,
      title: this.titleOf(this.scoreName),
      format: domain[1] >= 1000 ? ".1~f" : ".3~g",
      bundles: bundles(map.drawn, this.strongest, this.colourOf),
      items: map.items.map((one) => ({
        id: one.id,
        x: one.x,
        y: one.y,
        area: Math.PI * one.radius ** 2,
        colour: colourOf(one.cluster),
        score: one.scores[this.scoreName] ?? null,
      })),
      heat: this.view === "density" ? densityOf(map, this.theme.density) : {},
    });
    const options = { mode: "vega", ast: true, actions: false, defaultStyle: false, tooltip: false, hover: false };
    const made = await embed(place, spec, { ...options, renderer: "canvas" });
    // Another was begun meanwhile.
    if (turn !== this.turn) {
      made.finalize();
      return;
    }
    this.made?.finalize();
    this.made = made;
    this.canvas.replaceChildren(place);
    this.light();
  }

  get strongest() {
    return this.map.links.length ? this.map.links[0].strength : 1;
  }

  // Links inside a cluster have its colour; where colour means something else, none has.
  colourOf = (low, high) =>
    (this.view === "network" && low.cluster === high.cluster ? colourOf(low.cluster) : -1);

  // Draws what changes as one looks around.
  draw() {
    const camera = this.camera.value;
    const lit = this.lit;
    this.made.view
      .signal("camera", camera)
      .data("labels", fitting(this.order(lit), camera, this.camera.width, this.camera.height, this.theme.font, lit.strong))
      .run();
    this.told.moved(this);
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => this.remember(), REMEMBERED_AFTER);
  }

  // What stands in the light: what is pointed at, else what is chosen, with all that is linked to it.
  get lit() {
    const { link, items } = this.pointed;
    if (link) return { strong: new Set([link.low, link.high]), near: [link.low, link.high], links: [link] };
    const [one] = items.length ? items : [this.chosen];
    if (one) {
      const links = [...one.with.values()].sort((first, other) => other.strength - first.strength);
      const around = links.map((each) => (each.low === one ? each.high : each.low));
      return { strong: new Set([one]), near: [one, ...around], links };
    }
    const cluster = this.map.clusters.find((each) => each.number === this.cluster);
    return { strong: new Set(), near: cluster ? cluster.members : [], links: [] };
  }

  order({ near }) {
    if (!near.length) return this.map.items;
    const first = new Set(near);
    return [...near, ...this.map.items.filter((one) => !first.has(one))];
  }

  light() {
    const { near, links, strong } = this.lit;
    const rings = [...strong].map((one) => ({ x: one.x, y: one.y, area: Math.PI * one.radius ** 2 }));
    this.made.view
      .signal("near", near.length ? Object.fromEntries(near.map((one) => [one.id, true])) : null)
      .data("lit", bundles(links, this.strongest, this.colourOf))
      .data("rings", rings);
    this.draw();
    this.told.lit(this);
  }

  // --- Looking around

  move(change, gliding = false) {
    const { camera } = this;
    const from = [...camera.middle, camera.zoom];
    cancelAnimationFrame(this.frame);
    // On the way somewhere, the next step begins there.
    if (gliding && this.goal) Object.assign(camera, this.goal);
    this.goal = null;
    change(camera);
    if (!gliding || this.still.matches) {
      this.frame = requestAnimationFrame(() => this.draw());
      return;
    }
    const to = [...camera.middle, camera.zoom];
    this.goal = { middle: camera.middle, zoom: camera.zoom };
    const begun = performance.now();
    const on = (now) => {
      const part = Math.min(Math.max((now - begun) / GLIDE, 0), 1);
      const eased = 1 - (1 - part) ** 3;
      const [x, y, zoom] = from.map((value, place) => value + (to[place] - value) * eased);
      Object.assign(camera, part < 1 ? { middle: [x, y], zoom } : this.goal);
      if (part < 1) this.frame = requestAnimationFrame(on);
      else this.goal = null;
      this.draw();
    };
    this.frame = requestAnimationFrame(on);
  }

  remember() {
    const { pathname, search } = location;
    history.replaceState(history.state, "", pathname + search + fragmentOf(this.state));
  }

  // --- Pointing and choosing

  pointAt(left, top) {
    const camera = this.camera.value;
    const item = itemAt(this.map, camera, left, top);
    const link = item || this.view === "density" ? null : linkAt(this.map.drawn, camera, left, top);
    this.place = [left, top];
    this.pointTo(item, link);
  }

  pointTo(item, link = null) {
    const before = this.pointed;
    if (before.items[0] === (item || undefined) && before.link === link) return;
    this.pointed = { items: item ? [item] : [], link };
    this.stage.classList.toggle("is-over", Boolean(item || link));
    this.light();
  }

  touch(left, top, slack) {
    this.choose(itemAt(this.map, this.camera.value, left, top, slack));
  }

  choose(item, { centred = false } = {}) {
    this.chosen = item;
    this.cluster = null;
    this.pointed = { items: [], link: null };
    if (item && centred) {
      this.move((camera) => camera.look(item.x, item.y, Math.max(camera.zoom, CLOSE)), true);
    }
    this.light();
  }

  chooseCluster(number) {
    this.cluster = number;
    this.chosen = null;
    this.light();
  }

  // The next of the heaviest in sight.
  step(by) {
    const { s, x, y } = this.camera.value;
    const isSeen = (one) => {
      const [left, top] = [x + one.x * s, y - one.y * s];
      return left >= 0 && top >= 0 && left <= this.camera.width && top <= this.camera.height;
    };
    const seen = this.map.items.filter(isSeen);
    if (!seen.length) return;
    const place = seen.indexOf(this.chosen);
    this.choose(seen[(place < 0 ? (by > 0 ? 0 : seen.length - 1) : place + by + seen.length) % seen.length]);
  }

  openAt(left, top, elsewhere) {
    this.pointAt(left, top);
    const { items, link } = this.pointed;
    if (items.length || link) this.open_(link ? [link.low, link.high] : items, elsewhere);
    else if (this.chosen || this.cluster) this.choose(null);
  }

  open() {
    if (this.chosen) this.open_([this.chosen], false);
  }

  // What is seen, as it is seen.
  picture() {
    return this.made.view.toCanvas(2);
  }
}
