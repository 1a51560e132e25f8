// What a map says beside its picture: a card on what is pointed at, the key of colours, what happened.

import { colourOf } from "./map-theme.js";

const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const year = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false });

export const shown = (value) => (value >= 1000 && value < 3000 && value % 1 ? year : number).format(value);
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export class Told {
  constructor(root, publications) {
    this.root = root;
    this.publications = publications;
    this.texts = root.dataset;
    this.card = root.querySelector(".map-card");
    this.row = this.card.querySelector("template");
    this.key = root.querySelector(".map-key-clusters");
    this.status = root.querySelector(".map-said");
    this.names = new Map([...root.querySelectorAll(".map-names li")].map((one) => [one.dataset.name, one.textContent]));
  }

  nameOf = (value) => this.names.get(value) || value;

  // Out of sight where the page shows the same elsewhere.
  say(text, { isShown = false } = {}) {
    this.status.classList.toggle("away", isShown);
    this.status.textContent = text;
  }

  // --- The card

  lit(viewer) {
    const { items: [pointed], link } = viewer.pointed;
    const item = pointed || (link ? null : viewer.chosen);
    this.of = link || item;
    this.card.hidden = !this.of;
    this.card.classList.toggle("is-chosen", Boolean(item) && item === viewer.chosen && !pointed);
    if (link) {
      const title = filled(this.texts.both, { one: link.low.label, other: link.high.label });
      this.fill(title, [[this.texts.strength, link.strength]], [link.low, link.high]);
    } else if (item) {
      this.fill(item.label, this.numbersOf(item), [item]);
    }
    if (item && item === viewer.chosen && !pointed) {
      const numbers = this.numbersOf(item).map(([name, value]) => `${name} ${shown(value)}`);
      this.say(`${item.label}: ${numbers.join(", ")}`, { isShown: true });
    }
    for (const button of this.key.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(Number(button.value) === viewer.cluster));
    }
    this.moved(viewer);
  }

  numbersOf(item) {
    const numbers = [...Object.entries(item.weights), ...Object.entries(item.scores)];
    const first = Number.isFinite(item.weights.Occurrences) ? ["Occurrences"] : [];
    const order = [...first, ...numbers.map(([name]) => name).filter((name) => !first.includes(name))];
    const values = Object.fromEntries(numbers);
    const cluster = item.cluster ? [[this.texts.cluster, item.cluster]] : [];
    return [...order.map((name) => [this.nameOf(name), values[name]]), ...cluster];
  }

  fill(title, numbers, items) {
    this.card.querySelector(".map-card-title").textContent = title;
    const rows = numbers.map(([name, value]) => {
      const row = this.row.content.cloneNode(true);
      row.querySelector("dt").textContent = name;
      row.querySelector("dd").textContent = shown(value);
      return row;
    });
    this.card.querySelector("dl").replaceChildren(...rows);
    this.card.querySelector("a").href = this.publications(items);
  }

  // In the corner that is farther from what it is about.
  moved(viewer) {
    if (this.card.hidden) return;
    const { x, s } = viewer.camera.value;
    const left = this.of.low ? viewer.place[0] : x + this.of.x * s;
    this.card.classList.toggle("is-left", left > viewer.camera.width / 2);
  }

  // --- The key and what is drawn

  about(viewer) {
    const { map, view } = viewer;
    const template = this.key.querySelector("template");
    const entries = map.clusters.map(({ number: which, label, members }) => {
      const entry = template.content.cloneNode(true);
      const button = entry.querySelector("button");
      button.value = which;
      button.querySelector(".map-swatch").classList.add(`map-swatch-${colourOf(which)}`);
      button.querySelector(".map-cluster-name").textContent = label;
      button.querySelector(".count").textContent = members.length;
      button.addEventListener("click", () => viewer.chooseCluster(viewer.cluster === which ? null : which));
      return entry;
    });
    this.key.replaceChildren(template, ...entries);
    this.key.hidden = view !== "network";
    this.root.querySelector(".map-key-density").hidden = view !== "density";
    const counts = { links: number.format(map.drawn.length), all: number.format(map.links.length) };
    const drawn = view === "density" ? "weighed" : map.drawn.length < map.links.length ? "strongest" : "drawn";
    this.root.querySelector(".map-drawn").textContent = filled(this.texts[drawn], counts);
  }
}
