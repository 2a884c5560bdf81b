// Just as much of a browser as noVNC needs to run: a document without a layout, canvases that keep
// their pixels, pictures that are there at once. To be imported before noVNC is.

import { decodeJpeg } from "../jpeg.ts";
import { decodePng } from "../png.ts";

const PICTURE_DECODERS: Readonly<Record<string, typeof decodePng>> = {
  "image/jpeg": decodeJpeg,
  "image/png": decodePng,
};

/** RGBA, four bytes a pixel, row after row. */
export class ImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    if (data.length !== width * height * 4) throw new Error(`${data.length} bytes of pixels`);
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** An element of a page; only canvases show anything. */
class Element extends EventTarget {
  readonly style: Record<string, string> = {};
  readonly clientWidth = 0;
  readonly clientHeight = 0;
  parentNode: Element | undefined;

  appendChild(child: Element): void {
    child.parentNode = this;
  }
  removeChild(_child: Element): void {}
  contains(_other: Element): boolean {
    return false;
  }
  getBoundingClientRect() {
    return { left: 0, top: 0, width: 0, height: 0 };
  }
}

class Canvas extends Element {
  #image = new ImageData(new Uint8ClampedArray(0), 0, 0);
  readonly #context = new Context(this);

  get image(): ImageData {
    return this.#image;
  }
  get width(): number {
    return this.#image.width;
  }
  set width(width: number) {
    this.#clear(width, this.height);
  }
  get height(): number {
    return this.#image.height;
  }
  set height(height: number) {
    this.#clear(this.width, height);
  }
  getContext(_kind: "2d"): Context {
    return this.#context;
  }
  toDataURL(): string {
    return "data:,";
  }
  #clear(width: number, height: number): void {
    this.#image = new ImageData(new Uint8ClampedArray(width * height * 4), width, height);
  }
}

/** Draws on a canvas: pixels one to one, all of them opaque. */
class Context {
  readonly #canvas: Canvas;
  fillStyle = "rgb(0,0,0)";

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const colour = this.fillStyle.match(/^rgb\((\d+),(\d+),(\d+)\)$/)!.slice(1).map(Number);
    const data = new Uint8ClampedArray(width * height * 4);
    for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : colour[i % 4]!;
    this.putImageData(new ImageData(data, width, height), x, y);
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    const data = new Uint8ClampedArray(width * height * 4);
    this.putImageData(new ImageData(data, width, height), x, y);
  }

  getImageData(x: number, y: number, width: number, height: number): ImageData {
    const { image } = this.#canvas;
    const data = new Uint8ClampedArray(width * height * 4);
    for (let row = 0; row < height; row++) {
      const start = ((y + row) * image.width + x) * 4;
      data.set(image.data.subarray(start, start + width * 4), row * width * 4);
    }
    return new ImageData(data, width, height);
  }

  putImageData({ data, width, height }: ImageData, x: number, y: number): void {
    const { image } = this.#canvas;
    const visible = Math.min(width, image.width - x) * 4;
    for (let row = 0; row < Math.min(height, image.height - y); row++) {
      const start = row * width * 4;
      image.data.set(data.subarray(start, start + visible), ((y + row) * image.width + x) * 4);
    }
  }

  /** Either a whole picture to a place, or a part of a canvas to a place, unscaled. */
  drawImage(source: Canvas | Picture, ...at: number[]): void {
    if (source instanceof Picture) return this.putImageData(source.image, at[0]!, at[1]!);
    const [fromX, fromY, width, height, toX, toY] = at;
    const part = source.getContext("2d").getImageData(fromX!, fromY!, width!, height!);
    this.putImageData(part, toX!, toY!);
  }
}

/** The `Image` of a page, for `data:` addresses. */
class Picture extends EventTarget {
  #image = new ImageData(new Uint8ClampedArray(0), 0, 0);
  readonly complete = true;

  get image(): ImageData {
    return this.#image;
  }
  get width(): number {
    return this.#image.width;
  }
  get height(): number {
    return this.#image.height;
  }
  set src(address: string) {
    if (address === "") return;
    const [, type, base64] = address.match(/^data: ?([^;]+);base64,(.*)$/)!;
    const picture = PICTURE_DECODERS[type!]!(Uint8Array.fromBase64(base64!));
    const data = new Uint8ClampedArray(picture.pixels.length * 4);
    const view = new DataView(data.buffer);
    picture.pixels.forEach((rgb, i) => view.setUint32(i * 4, (rgb << 8 | 255) >>> 0));
    this.#image = new ImageData(data, picture.width, picture.height);
  }
}

/** Of sizes and attributes, which never change here. */
class Observer {
  observe(): void {}
  disconnect(): void {}
}

class Document extends Element {
  readonly documentElement = new Element();
  readonly body = new Element();
  createElement(name: string): Element {
    return name === "canvas" ? new Canvas() : new Element();
  }
}

/** A place on a page where noVNC may show its screen. */
export function createTarget(): unknown {
  return new Element();
}

Object.assign(globalThis, {
  window: globalThis,
  document: new Document(),
  isSecureContext: true,
  requestAnimationFrame: (callback: () => void) => setTimeout(callback),
  Image: Picture,
  ImageData,
  ResizeObserver: Observer,
  MutationObserver: Observer,
});
