// Puts the viewer in the place of a map's drawings. Without scripts, or where this fails, they stay as they are.

import { told } from "./map-address.js";
import { Controls } from "./map-controls.js";
import { read } from "./map-data.js";
import { lendHands } from "./map-hands.js";
import { Rule } from "./map-rule.js";
import { filled, Told } from "./map-told.js";
import { Viewer } from "./map-viewer.js";

// What another rule changes on the page, beside the map.
const PARTS = ["languages", "map-usual", "views", "map-figures", "map-evidence"];
const EVIDENCE = "map-evidence";
// Fragments that say what is seen of a map, and not a place on the page.
const OURS = /^#?$|[#&](view|zoom|at|term|score)=/;

async function fetched(address, signal) {
  const reply = await fetch(address, { signal });
  if (!reply.ok) throw new Error(`${reply.status} ${address}`);
  return reply;
}
const mapAt = async (address, signal) => read(await (await fetched(address, signal)).json());
const pageAt = async (address, signal) =>
  new DOMParser().parseFromString(await (await fetched(address, signal)).text(), "text/html");

function swap(other, id) {
  const part = document.adoptNode(other.getElementById(id));
  part.className = document.getElementById(id).className;
  document.getElementById(id).replaceWith(part);
}

class MapPage {
  constructor(template) {
    this.addresses = template.dataset;
    this.root = template.content.firstElementChild.cloneNode(true);
    const texts = this.root.dataset;
    this.told = new Told(this.root, (items) => this.publications(items));
    const open = (items, elsewhere) => {
      if (elsewhere) window.open(this.publications(items), "_blank", "noopener");
      else location.assign(this.publications(items));
    };
    const stage = this.root.querySelector(".map-stage");
    this.viewer = new Viewer(stage, { told: this.told, open, titleOf: this.told.nameOf });
    this.controls = new Controls(this.root, this.viewer, this.told, lendHands(stage, this.viewer));
    this.rule = new Rule(document.querySelector("form.map-rule"), {
      progress: this.root.querySelector("progress"),
      say: (text) => this.told.say(text),
      texts,
      made: (address, signal) => this.showRule(address, signal),
    });
  }

  async begin() {
    const figures = document.getElementById("map-figures");
    let map;
    try {
      map = await mapAt(this.addresses.json);
      figures.before(this.root);
      await this.controls.show(map, told(location.hash));
    } catch (error) {
      this.root.remove();
      figures.classList.add("is-needed");
      throw error;
    }
    figures.classList.add("is-needed");
    this.root.querySelector(".map-files").append(figures);
    this.rule.fit(map);
    this.listen();
  }

  listen() {
    this.shownAt = location.search;
    // A row of the table and its keyword on the map are one: what is pointed at here stands out there.
    for (const name of ["focusin", "pointerover"]) {
      document.addEventListener(name, (event) => {
        if (event.target.closest?.(`#${EVIDENCE}`)) this.viewer.pointTo(this.ofRow(event.target));
      });
    }
    document.addEventListener("click", (event) => {
      const heading = event.target.closest?.(`#${EVIDENCE} thead a`);
      if (!heading || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.sort(heading);
    });
    window.addEventListener("popstate", () => this.recall().catch(() => location.reload()));
  }

  ofRow(element) {
    const row = element.closest("tr[data-keyword]");
    return row ? this.viewer.map.items.find((one) => String(one.id) === row.dataset.keyword) : null;
  }

  publications(items) {
    const address = new URL(this.addresses.publications, location);
    for (const one of items) address.searchParams.append("keyword", one.label);
    address.searchParams.sort();
    return address.href;
  }

  // --- Another order of the table, another rule, and back

  async sort(heading) {
    const address = heading.href.replace(/#.*$/, "");
    swap(await pageAt(address), EVIDENCE);
    document.getElementById(heading.id).focus({ preventScroll: true });
    this.moveOn(address);
  }

  async showRule(address, signal) {
    await this.go(address, signal, () => this.seen);
    this.moveOn(address);
    this.told.say(filled(this.root.dataset.made, { counts: document.getElementById("views").textContent }));
  }

  moveOn(address) {
    history.pushState(null, "", address);
    this.shownAt = location.search;
    this.viewer.remember();
  }

  async go(address, signal, state) {
    const other = await pageAt(address, signal);
    const { dataset } = other.getElementById("map-viewer");
    const map = await mapAt(dataset.json, signal);
    this.addresses = dataset;
    for (const id of PARTS) swap(other, id);
    this.rule.recall(other.querySelector("form.map-rule"));
    this.rule.fit(map);
    await this.controls.show(map, state());
  }

  get seen() {
    const { view, score, term, camera } = this.viewer.state;
    return { view, score, term, zoom: camera.zoom, at: camera.isHome ? null : [...camera.middle] };
  }

  async recall() {
    if (location.search !== this.shownAt) {
      this.shownAt = location.search;
      await this.go(location.pathname + location.search, undefined, () => told(location.hash));
    } else if (OURS.test(location.hash)) {
      await this.controls.show(this.viewer.map, told(location.hash));
    }
  }
}

// A map that is still being made comes into the page later.
function begin() {
  const template = document.getElementById("map-viewer");
  if (!template) return;
  document.removeEventListener("htmx:afterSettle", begin);
  new MapPage(template).begin();
}
document.addEventListener("htmx:afterSettle", begin);
begin();
