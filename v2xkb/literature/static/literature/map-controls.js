// What stands around the picture of a map: its views, the search for a keyword, the buttons.

import { named } from "./map-data.js";
import { filled } from "./map-told.js";

export class Controls {
  constructor(root, viewer, told, hands) {
    Object.assign(this, { root, viewer, told });
    this.views = [...root.querySelectorAll("input[name=map-view]")];
    this.scores = root.querySelector(".map-score select");
    this.term = root.querySelector(".map-find input");
    for (const one of this.views) one.addEventListener("change", () => this.look(one.value));
    this.scores.addEventListener("change", () => viewer.look("overlay", this.scores.value));
    this.term.addEventListener("change", () => this.find(this.term.value));
    const doings = { ...hands, save: () => this.save(), whole: () => this.whole(), forget: () => this.forget() };
    for (const button of root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => doings[button.dataset.do]());
    }
  }

  // Whatever the map offers of all this; `state` is what was asked to be seen of it.
  async show(map, state) {
    await this.viewer.show(map, map.scores.length || state.view !== "overlay" ? state : { ...state, view: "network" });
    const { told, viewer } = this;
    this.root.querySelector("datalist").replaceChildren(...map.items.map((one) => new Option("", one.label)));
    this.scores.replaceChildren(
      ...map.scores.map((name) => new Option(told.nameOf(name), name, false, name === viewer.scoreName)),
    );
    this.term.value = viewer.chosen ? viewer.chosen.label : "";
    if (state.term && !viewer.chosen) this.miss(state.term);
    this.offer();
  }

  offer() {
    const { map, view } = this.viewer;
    for (const one of this.views) {
      one.checked = one.value === view;
      one.disabled = one.value === "overlay" && !map.scores.length;
    }
    this.scores.parentElement.hidden = view !== "overlay" || map.scores.length < 2;
    this.told.about(this.viewer);
  }

  async look(view) {
    await this.viewer.look(view);
    this.offer();
  }

  find(text) {
    const found = named(this.viewer.map, text);
    this.viewer.choose(found, { centred: true });
    if (found) this.term.value = found.label;
    else if (text.trim()) this.miss(text);
  }

  miss(text) {
    this.told.say(filled(this.root.dataset.none, { term: text }));
    this.told.status.scrollIntoView({ block: "nearest" });
  }

  forget() {
    this.term.value = "";
    this.viewer.choose(null);
    this.viewer.stage.focus();
  }

  whole() {
    return document.fullscreenElement ? document.exitFullscreen() : this.root.requestFullscreen();
  }

  async save() {
    const picture = await this.viewer.picture();
    picture.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${this.root.dataset.file}-${this.viewer.view}.png`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }
}
