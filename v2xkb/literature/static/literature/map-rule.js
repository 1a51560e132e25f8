// The rule of a map as sliders: another rule is asked for, and shown as soon as the map by it is made.

const SOONEST = 300;
const LATEST = 2000;
const SLOWER = 1.4;
// Keys move a slider step by step: only where it comes to rest is a map to be made.
const REST = 500;
const [NOT_YET, BUSY] = [202, 503];
// With fewer keywords there is hardly a map.
const LEFT = 10;
const SLID = ["minimum", "resolution"];

const waited = (milliseconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    reject(signal.reason);
  });
});

export class Rule {
  // `made` is told the address of the page of another rule, once its map is there.
  constructor(form, { progress, say, texts, made }) {
    Object.assign(this, { form, progress, say, texts, made });
    this.asking = null;
    this.sliders = new Map(SLID.map((name) => [name, this.slider(form.elements[name])]));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    form.addEventListener("change", (event) => {
      if (form.checkValidity() && event.target.name) this.soon();
    });
  }

  slider(number) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.className = "map-slider";
    [slider.min, slider.step] = [number.min, number.step];
    slider.setAttribute("aria-label", this.texts.slider.replace("{name}", number.labels[0].textContent.replace(/:\s*$/, "")));
    slider.addEventListener("input", () => {
      number.value = slider.value;
    });
    slider.addEventListener("change", () => this.soon());
    number.addEventListener("input", () => {
      slider.value = number.value;
    });
    number.before(slider);
    number.parentElement.classList.add("has-slider");
    return slider;
  }

  // No slider reaches beyond what is of use for this map.
  fit(map) {
    const most = { minimum: map.items[Math.min(LEFT, map.items.length) - 1].weight, resolution: 5 };
    for (const [name, slider] of this.sliders) {
      const number = this.form.elements[name];
      slider.max = Math.min(Math.max(most[name], Number(number.value)), Number(number.max));
      slider.value = number.value;
    }
  }

  // The form as it is on the page by whose rule the map is shown.
  recall(form) {
    for (const field of this.form.elements) {
      const other = field.name && form.elements[field.name];
      if (!other) continue;
      if (field.type === "checkbox") field.checked = other.checked;
      else field.value = other.value;
    }
  }

  soon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    clearTimeout(this.resting);
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const query = new URLSearchParams(new FormData(this.form));
    try {
      const answer = await this.answer(`${location.pathname}progress/?${query}`, asking.signal);
      // Refused, or too many others wait.
      if (answer.reason) this.say(answer.reason);
      else await this.made(answer.page, asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return;
      // As without scripts: the page says what is wrong.
      location.assign(`${location.pathname}?${query}`);
    } finally {
      if (this.asking === asking) this.progress.parentElement.hidden = true;
    }
  }

  async answer(address, signal) {
    for (let wait = SOONEST; ; wait = Math.min(wait * SLOWER, LATEST)) {
      const reply = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!reply.ok && reply.status !== BUSY) throw new Error(`${reply.status} ${address}`);
      const answer = await reply.json();
      if (reply.status !== NOT_YET) return answer;
      this.tell(answer);
      await waited(wait, signal);
    }
  }

  tell({ state, step, done, of }) {
    const text = this.texts[step] || this.texts[state] || this.texts.making;
    this.progress.parentElement.hidden = false;
    this.progress.previousElementSibling.textContent = text;
    if (of) [this.progress.max, this.progress.value] = [of, done];
    else this.progress.removeAttribute("value");
  }
}
