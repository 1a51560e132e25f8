// Which part of a map is seen: where its middle is, how near, and so where each item stands in pixels.

const NEAREST = 24;
const FARTHEST = 1;
// Room for names at the edge.
const MARGINS = [90, 44];
const MOST_MARGIN = 0.12;

export class Camera {
  constructor(box, width, height) {
    this.box = box;
    this.home();
    this.resize(width, height);
  }

  home() {
    [this.zoom, this.middle] = [FARTHEST, [this.box.x, this.box.y]];
  }

  resize(width, height) {
    [this.width, this.height] = [width, height];
    const [across, down] = [Math.min(MARGINS[0], width * MOST_MARGIN), Math.min(MARGINS[1], height * MOST_MARGIN)];
    const wide = this.box.right - this.box.left;
    const tall = this.box.high - this.box.low;
    this.fit = Math.min((width - 2 * across) / (wide || 1e-9), (height - 2 * down) / (tall || 1e-9));
    if (!wide && !tall) this.fit = 1;
  }

  get isHome() {
    return this.zoom === FARTHEST && this.middle[0] === this.box.x && this.middle[1] === this.box.y;
  }

  get isFarthest() {
    return this.zoom <= FARTHEST;
  }

  get isNearest() {
    return this.zoom >= NEAREST;
  }

  // What the drawing needs: circles, lines and letters grow more slowly than what is between them.
  get value() {
    const s = this.fit * this.zoom;
    return {
      s,
      x: this.width / 2 - this.middle[0] * s,
      y: this.height / 2 + this.middle[1] * s,
      grow: this.zoom ** 0.45,
      wide: this.zoom ** 0.2,
      type: Math.min(this.zoom ** 0.25, 1.5),
    };
  }

  // The place of the map at these pixels.
  under(left, top) {
    const { s, x, y } = this.value;
    return [(left - x) / s, (y - top) / s];
  }

  // Nearer, and what is under these pixels stays there.
  nearer(factor, left = this.width / 2, top = this.height / 2) {
    const before = this.under(left, top);
    this.zoom = Math.min(Math.max(this.zoom * factor, FARTHEST), NEAREST);
    const after = this.under(left, top);
    this.look(this.middle[0] + before[0] - after[0], this.middle[1] + before[1] - after[1]);
  }

  moveBy(across, down) {
    const { s } = this.value;
    this.look(this.middle[0] - across / s, this.middle[1] + down / s);
  }

  // The middle never leaves the map.
  look(x, y, zoom = this.zoom) {
    this.zoom = Math.min(Math.max(zoom, FARTHEST), NEAREST);
    this.middle = [
      Math.min(Math.max(x, this.box.left), this.box.right),
      Math.min(Math.max(y, this.box.low), this.box.high),
    ];
    if (this.isFarthest) this.middle = [this.box.x, this.box.y];
  }
}
