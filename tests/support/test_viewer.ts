import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { u16, u32 } from "./bytes.ts";
import type { Decoder } from "./decoders/decoder.ts";
import { createDecoders } from "./decoders/table.ts";
import { readPseudoRect, type ReceivedCursor, type Told } from "./pseudo_rects.ts";
import {
  type ExtensionEvent,
  readClipboardEvent,
  readExtensionMessage,
} from "./server_extensions.ts";
import { readTightInteraction, type TightInteraction } from "./tight.ts";

/** A FramebufferUpdate as it came: each rectangle with its encoding. */
export interface ReceivedUpdate {
  readonly rects: readonly (Rect & { readonly encoding: number })[];
}

/** Messages other than updates, in the order in which they came. */
export type ServerEvent =
  | { readonly type: "bell" }
  | { readonly type: "cutText"; readonly text: string }
  | { readonly type: "colourMap"; readonly first: number; readonly colours: number[][] }
  | ExtensionEvent;

/** What a viewer needs of a connection. */
export type Stream = Pick<Connection, "read" | "write" | "close">;

/** How a {@linkcode TestViewer} goes through the handshake. */
export interface Login {
  readonly version?: string;
  readonly securityType?: number;
  /** Answers the security type's exchange; nothing to do for None. */
  readonly authenticate?: (viewer: TestViewer) => Promise<void>;
  readonly shared?: boolean;
  /** Whether a SecurityResult follows; as RFC 6143 has it when left out. */
  readonly hasResult?: boolean;
}

/**
 * A viewer of the tests' own, written from the specification and sharing no protocol code with the
 * server: what both got wrong in the same way would go unseen otherwise.
 */
export class TestViewer {
  #connection: Stream;
  #buffer = new Uint8Array(0);
  /** As ServerInit says, until the viewer asks for another. */
  format: PixelFormat = NATIVE_FORMAT;
  /** Pixel values in `format`. */
  picture = new Framebuffer(1, 1);
  name = "";
  /** What the server said that it knows, if the viewer came by security type Tight. */
  interaction: TightInteraction | undefined;
  cursor: ReceivedCursor | undefined;
  /** What pseudo-rectangles said, in the order in which they came. */
  readonly told: Told[] = [];
  readonly events: ServerEvent[] = [];
  /** Every encoding that it has ever named. */
  readonly #listed = new Set<number>();
  #decoders: ReadonlyMap<number, Decoder> = createDecoders();

  constructor(connection: Stream) {
    this.#connection = connection;
  }

  /** The next `length` bytes. Fails where the server closes before. */
  async read(length: number): Promise<Uint8Array> {
    while (this.#buffer.length < length) {
      const chunk = await this.#connection.read();
      if (chunk === null) throw new Error("the server has closed the connection");
      const joined = new Uint8Array(this.#buffer.length + chunk.length);
      joined.set(this.#buffer);
      joined.set(chunk, this.#buffer.length);
      this.#buffer = joined;
    }
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return bytes;
  }

  async #view(length: number): Promise<DataView> {
    const bytes = await this.read(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  async #text(): Promise<string> {
    return new TextDecoder().decode(await this.read((await this.#view(4)).getUint32(0)));
  }

  write(...bytes: number[]): Promise<void> {
    return this.send(bytes);
  }

  /** As `write`, for more bytes than a call takes arguments. */
  send(bytes: readonly number[]): Promise<void> {
    return this.#connection.write(Uint8Array.from(bytes));
  }

  close(): void {
    this.#connection.close();
  }

  /** Goes on through another stream over this one, which encrypts. */
  async upgrade(wrap: (stream: Stream) => Promise<Stream>): Promise<void> {
    if (this.#buffer.length > 0) throw new Error("the server has sent something in plain text");
    this.#connection = await wrap(this.#connection);
  }

  /** Whether the server closes now, without sending anything more. */
  async closed(): Promise<boolean> {
    return this.#buffer.length === 0 && await this.#connection.read().catch(() => null) === null;
  }

  /** Goes through the handshake; fails with the server's reason where it refuses. */
  async login(options: Login = {}) {
    const { version = "003.008", securityType = 1, authenticate, shared = true } = options;
    const { hasResult } = options;
    const greeting = new TextDecoder().decode(await this.read(12));
    if (greeting !== "RFB 003.008\n") throw new Error(`greeted by ${JSON.stringify(greeting)}`);
    await this.#connection.write(new TextEncoder().encode(`RFB ${version}\n`));
    const minor = Number(version.slice(0, 3)) > 3 ? 8 : Number(version.slice(4));
    if (minor < 7) {
      const type = (await this.#view(4)).getUint32(0);
      if (type === 0) throw new Error(await this.#text());
      if (type !== securityType) throw new Error(`the server chose security type ${type}`);
    } else {
      const types = await this.read((await this.read(1))[0]!);
      if (types.length === 0) throw new Error(await this.#text());
      if (!types.includes(securityType)) throw new Error(`security types offered: ${types}`);
      await this.write(securityType);
    }
    await authenticate?.(this);
    if (hasResult ?? (securityType !== 1 || minor >= 8)) {
      if ((await this.#view(4)).getUint32(0) !== 0) {
        throw new Error(minor >= 8 ? await this.#text() : "refused");
      }
    }
    await this.write(Number(shared));
    const init = await this.#view(20);
    this.picture = new Framebuffer(init.getUint16(0), init.getUint16(2));
    this.format = readFormat(init, 4);
    this.name = await this.#text();
    if (securityType === 16) this.interaction = await readTightInteraction(this);
  }

  setPixelFormat(format: PixelFormat): Promise<void> {
    this.format = format;
    const { bitsPerPixel, depth, bigEndian, trueColour } = format;
    return this.write(
      ...[0, 0, 0, 0, bitsPerPixel, depth, Number(bigEndian), Number(trueColour)],
      ...[...u16(format.redMax), ...u16(format.greenMax), ...u16(format.blueMax)],
      ...[format.redShift, format.greenShift, format.blueShift, 0, 0, 0],
    );
  }

  setEncodings(...encodings: readonly number[]): Promise<void> {
    for (const id of encodings) this.#listed.add(id | 0);
    return this.send([2, 0, ...u16(encodings.length)].concat(encodings.flatMap((id) => u32(id))));
  }

  request(incremental: boolean, rect: Rect = this.picture.bounds): Promise<void> {
    const { x, y, width, height } = rect;
    return this.write(3, Number(incremental), ...u16(x), ...u16(y), ...u16(width), ...u16(height));
  }

  key(keysym: number, down: boolean): Promise<void> {
    return this.write(4, Number(down), 0, 0, ...u32(keysym));
  }

  pointer(x: number, y: number, buttons: number): Promise<void> {
    return this.write(5, buttons, ...u16(x), ...u16(y));
  }

  cutText(text: string): Promise<void> {
    const bytes = Array.from(text, (character) => character.charCodeAt(0));
    return this.send([6, 0, 0, 0, ...u32(bytes.length)].concat(bytes));
  }

  /** Reads one message; an update is decoded into `picture` and returned, others go to `events`. */
  async receive(): Promise<ReceivedUpdate | undefined> {
    const type = (await this.read(1))[0]!;
    if (type === 0) return await this.#update();
    if (type === 1) {
      const head = await this.#view(5);
      const colours: number[][] = [];
      for (let i = 0; i < head.getUint16(3); i++) {
        const colour = await this.#view(6);
        colours.push([colour.getUint16(0), colour.getUint16(2), colour.getUint16(4)]);
      }
      this.events.push({ type: "colourMap", first: head.getUint16(1), colours });
    } else if (type === 2) {
      this.events.push({ type: "bell" });
    } else if (type === 3) {
      const length = (await this.#view(7)).getInt32(3);
      this.events.push(
        length < 0 ? await readClipboardEvent(this, -length) : {
          type: "cutText",
          text: String.fromCharCode(...await this.read(length)),
        },
      );
    } else {
      this.events.push(await readExtensionMessage(this, type));
    }
    return undefined;
  }

  /** Reads messages up to and with the next update. */
  async update(): Promise<ReceivedUpdate> {
    for (;;) {
      const update = await this.receive();
      if (update !== undefined) return update;
    }
  }

  /** Follows the screen until `condition` holds; the test hangs where it never does. */
  async follow(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await this.request(true);
      await this.update();
    }
  }

  /** Reads messages until one of another kind than an update has come, and returns it. */
  async event(): Promise<ServerEvent> {
    const before = this.events.length;
    while (this.events.length === before) await this.receive();
    return this.events[before]!;
  }

  async #update(): Promise<ReceivedUpdate> {
    const count = (await this.#view(3)).getUint16(1);
    const rects: (Rect & { encoding: number })[] = [];
    for (let i = 0; i < count; i++) {
      const head = await this.#view(12);
      const rect = {
        x: head.getUint16(0),
        y: head.getUint16(2),
        width: head.getUint16(4),
        height: head.getUint16(6),
      };
      const encoding = head.getInt32(8);
      if (encoding === -224) break;
      rects.push({ ...rect, encoding });
      await this.#rect(rect, encoding);
    }
    const resized = rects.some(({ encoding }) => encoding === -308 || encoding === -223);
    if (resized && rects.some(({ encoding }) => this.#decoders.has(encoding))) {
      throw new Error("an update with another size and with pixels");
    }
    return { rects };
  }

  async #rect(rect: Rect, encoding: number): Promise<void> {
    const { x, y, width, height } = rect;
    const told = await readPseudoRect(this, rect, encoding, this.format);
    if (told !== undefined) return this.#tell(told, encoding);
    if (x + width > this.picture.width || y + height > this.picture.height) {
      throw new Error(`a rectangle outside the framebuffer: ${JSON.stringify(rect)}`);
    }
    const decoder = this.#decoders.get(encoding);
    if (decoder === undefined) throw new Error(`encoding ${encoding} was not asked for`);
    await decoder.decode(this, rect, this.format, this.picture);
  }

  #tell(told: Told, encoding: number): void {
    if (!this.#listed.has(encoding)) {
      throw new Error(`pseudo-encoding ${encoding} was not asked for`);
    }
    this.told.push(told);
    if (told.type === "cursor") this.cursor = told.cursor;
    const { width, height } = this.picture;
    const size = told.type === "desktopSize" ||
        told.type === "extendedDesktopSize" && told.result === 0
      ? told
      : this.picture;
    if (size.width !== width || size.height !== height) {
      this.picture = new Framebuffer(size.width, size.height);
    }
  }
}

function readFormat(view: DataView, at: number): PixelFormat {
  return {
    bitsPerPixel: view.getUint8(at) as 8 | 16 | 32,
    depth: view.getUint8(at + 1),
    bigEndian: view.getUint8(at + 2) !== 0,
    trueColour: view.getUint8(at + 3) !== 0,
    redMax: view.getUint16(at + 4),
    greenMax: view.getUint16(at + 6),
    blueMax: view.getUint16(at + 8),
    redShift: view.getUint8(at + 10),
    greenShift: view.getUint8(at + 11),
    blueShift: view.getUint8(at + 12),
  };
}
