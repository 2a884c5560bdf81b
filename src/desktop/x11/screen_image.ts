import type { Rect } from "../../frame/rect.ts";
import { PlatformError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import type { ImageLayout } from "./convert.ts";
import { LITTLE_ENDIAN, XImage, XShmSegmentInfo } from "./structs.ts";

const Z_PIXMAP = 2;
const ALL_PLANES = 0xffffffffn;
const IPC_PRIVATE = 0;
const IPC_CREAT_0600 = 0o1600;
const IPC_RMID = 0;

/** A copy of the whole screen in memory, as the server lays it out. */
export interface ScreenImage {
  readonly layout: ImageLayout;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Copies what the rectangles hold from the screen (and maybe some pixels around them).
   * @returns Whether the server could do that; it can't while the screen's size changes.
   */
  fetch(rects: readonly Rect[]): boolean;
  close(): void;
}

/** An image in memory shared with the server, or `undefined` where that is not to be had. */
export function createSharedImage(
  connection: Connection,
  width: number,
  height: number,
): ScreenImage | undefined {
  const { xext, x11 } = connection.libraries;
  if (xext === undefined || xext.XShmQueryExtension(connection.display) === 0) return undefined;
  const { display, screenNumber } = connection;
  const segment = new Uint8Array(XShmSegmentInfo.size);
  const image = xext.XShmCreateImage(
    ...[display, x11.XDefaultVisual(display, screenNumber)] as const,
    ...[x11.XDefaultDepth(display, screenNumber), Z_PIXMAP, null, segment] as const,
    ...[width, height] as const,
  );
  if (image === null) return undefined;
  return SharedImage.attach(connection, image, segment, height);
}

/** An image that is filled through the connection, whatever the distance to the server. */
export function createPlainImage(
  connection: Connection,
  width: number,
  height: number,
): ScreenImage {
  const { display, screenNumber, libraries: { x11 } } = connection;
  const image = x11.XCreateImage(
    ...[display, x11.XDefaultVisual(display, screenNumber)] as const,
    ...[x11.XDefaultDepth(display, screenNumber), Z_PIXMAP, 0, null] as const,
    ...[width, height, 32, 0] as const,
  );
  if (image === null) throw new PlatformError("the X server cannot make an image of its screen");
  const layout = readLayout(image);
  x11.XDestroyImage(image);
  return new PlainImage(connection, layout, height);
}

/** Segments stay mapped as long as a framebuffer that shows them is in use. */
const mappings = new FinalizationRegistry<() => void>((unmap) => unmap());

class SharedImage implements ScreenImage {
  readonly #fields: DataView;
  readonly #address: bigint;

  private constructor(
    readonly connection: Connection,
    readonly image: Deno.PointerObject,
    readonly segment: Uint8Array<ArrayBuffer>,
    readonly bytes: Uint8Array<ArrayBuffer>,
    readonly layout: ImageLayout,
  ) {
    this.#fields = new DataView(Deno.UnsafePointerView.getArrayBuffer(image, XImage.size));
    this.#address = this.#fields.getBigUint64(XImage.data, LITTLE_ENDIAN);
  }

  static attach(
    connection: Connection,
    image: Deno.PointerObject,
    segment: Uint8Array<ArrayBuffer>,
    height: number,
  ): SharedImage | undefined {
    const { libc, x11, xext } = connection.libraries;
    const layout = readLayout(image);
    const size = layout.bytesPerLine * height;
    const shmid = libc.shmget(IPC_PRIVATE, BigInt(size), IPC_CREAT_0600);
    const memory = shmid < 0 ? null : libc.shmat(shmid, null, 0);
    if (memory === null || Deno.UnsafePointer.value(memory) === 0xffffffffffffffffn) {
      if (shmid >= 0) libc.shmctl(shmid, IPC_RMID, null);
      x11.XDestroyImage(image);
      return undefined;
    }
    const address = Deno.UnsafePointer.value(memory);
    const info = new DataView(segment.buffer);
    info.setInt32(XShmSegmentInfo.shmid, shmid, LITTLE_ENDIAN);
    info.setBigUint64(XShmSegmentInfo.shmaddr, address, LITTLE_ENDIAN);
    new DataView(Deno.UnsafePointerView.getArrayBuffer(image, XImage.size))
      .setBigUint64(XImage.data, address, LITTLE_ENDIAN);
    const error = connection.trap(() => xext!.XShmAttach(connection.display, segment));
    // Both sides have it now; it goes with the last of them, even if that crashes.
    libc.shmctl(shmid, IPC_RMID, null);
    if (error !== undefined) {
      connection.log.debug(`the X server can't share memory with vncd (X error ${error.code})`);
      destroyImage(connection, image);
      libc.shmdt(memory);
      return undefined;
    }
    const buffer = Deno.UnsafePointerView.getArrayBuffer(memory, size);
    mappings.register(buffer, () => libc.shmdt(memory));
    return new SharedImage(connection, image, segment, new Uint8Array(buffer), layout);
  }

  fetch(rects: readonly Rect[]): boolean {
    return rowStrips(rects).every(({ top, bottom }) => this.#fetchRows(top, bottom));
  }

  /** The size of the copy is the image's, its place in the segment that of the image's data. */
  #fetchRows(top: number, bottom: number): boolean {
    const { display, root, libraries: { xext } } = this.connection;
    this.#fields.setInt32(XImage.height, bottom - top, LITTLE_ENDIAN);
    this.#fields.setBigUint64(
      XImage.data,
      this.#address + BigInt(top * this.layout.bytesPerLine),
      LITTLE_ENDIAN,
    );
    return xext!.XShmGetImage(display, root, this.image, 0, top, ALL_PLANES) !== 0;
  }

  close(): void {
    if (this.connection.isAlive) {
      this.connection.libraries.xext!.XShmDetach(this.connection.display, this.segment);
    }
    destroyImage(this.connection, this.image);
  }
}

class PlainImage implements ScreenImage {
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(readonly connection: Connection, readonly layout: ImageLayout, height: number) {
    this.bytes = new Uint8Array(layout.bytesPerLine * height);
  }

  fetch(rects: readonly Rect[]): boolean {
    return rects.every((rect) => this.#fetchRect(rect));
  }

  #fetchRect({ x, y, width, height }: Rect): boolean {
    const { display, root, libraries: { x11 } } = this.connection;
    const image = x11.XGetImage(
      ...[display, root, x, y, width, height, ALL_PLANES, Z_PIXMAP] as const,
    );
    if (image === null) return false;
    const { bytesPerLine } = readLayout(image);
    const data = Deno.UnsafePointer.create(
      new Deno.UnsafePointerView(image).getBigUint64(XImage.data),
    )!;
    const source = new Uint8Array(
      Deno.UnsafePointerView.getArrayBuffer(data, bytesPerLine * height),
    );
    const bytesPerPixel = this.layout.bitsPerPixel / 8;
    for (let row = 0; row < height; row++) {
      const from = row * bytesPerLine;
      this.bytes.set(
        source.subarray(from, from + width * bytesPerPixel),
        (y + row) * this.layout.bytesPerLine + x * bytesPerPixel,
      );
    }
    x11.XDestroyImage(image);
    return true;
  }

  close(): void {
    // Nothing is held but memory of our own.
  }
}

/** Frees an image but not its data, which is no memory of Xlib's. */
export function destroyImage({ libraries: { x11 } }: Connection, image: Deno.PointerObject): void {
  new DataView(Deno.UnsafePointerView.getArrayBuffer(image, XImage.size))
    .setBigUint64(XImage.data, 0n, LITTLE_ENDIAN);
  x11.XDestroyImage(image);
}

/**
 * How an image lies in memory.
 * @throws {PlatformError} When that is too strange.
 */
export function readLayout(image: Deno.PointerObject): ImageLayout {
  const view = new Deno.UnsafePointerView(image);
  const bitsPerPixel = view.getInt32(XImage.bits_per_pixel);
  if (![8, 16, 24, 32].includes(bitsPerPixel)) {
    throw new PlatformError(`a screen with ${bitsPerPixel} bits per pixel is not supported`);
  }
  return {
    bitsPerPixel: bitsPerPixel as ImageLayout["bitsPerPixel"],
    bytesPerLine: view.getInt32(XImage.bytes_per_line),
    bigEndian: view.getInt32(XImage.byte_order) !== 0,
  };
}

/** Rows that cost less to copy along than one more request does. */
const CHEAP_GAP = 64;

interface Strip {
  readonly top: number;
  readonly bottom: number;
}

/** The rows that the rectangles touch, in few strips, from the top down. */
export function rowStrips(rects: readonly Rect[]): Strip[] {
  const strips: Strip[] = [];
  const sorted = rects.map(({ y, height }) => ({ top: y, bottom: y + height }))
    .sort((a, b) => a.top - b.top);
  for (const { top, bottom } of sorted) {
    const last = strips.at(-1);
    if (last !== undefined && top <= last.bottom + CHEAP_GAP) {
      strips[strips.length - 1] = { top: last.top, bottom: Math.max(last.bottom, bottom) };
    } else {
      strips.push({ top, bottom });
    }
  }
  return strips;
}
