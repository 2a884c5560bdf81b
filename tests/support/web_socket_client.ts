import { createHash } from "node:crypto";
import { type HttpAnswer, latin1Bytes, readAnswer, requestHead } from "./http_client.ts";
import type { Stream } from "./test_viewer.ts";

/** What frames are for (RFC 6455 §5.2). */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** One frame, as right or as wrong as it is wanted. */
export interface FrameOptions {
  readonly opcode?: number;
  readonly payload?: Uint8Array;
  /** Whether it is its message's last. */
  readonly fin?: boolean;
  /** RSV1 to RSV3, as the bits 4, 2 and 1. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What it says its length is; the payload's when left out. */
  readonly length?: bigint;
  /** Bits in which that is said: as few as can be when left out. */
  readonly lengthBits?: 7 | 16 | 64;
}

const MASK = [0x12, 0x34, 0x56, 0x78];

/** The bytes of a frame. */
export function frame(options: FrameOptions): Uint8Array {
  const { opcode = OPCODES.binary, payload = new Uint8Array(0), fin = true } = options;
  const { reserved = 0, masked = true, length = BigInt(payload.length) } = options;
  const fewest = length < 126n ? 7 : length < 65536n ? 16 : 64;
  const bits = options.lengthBits ?? fewest;
  const head = new DataView(new ArrayBuffer(2 + (bits === 7 ? 0 : bits / 8)));
  head.setUint8(0, (fin ? 0x80 : 0) | reserved << 4 | opcode);
  head.setUint8(1, (masked ? 0x80 : 0) | (bits === 7 ? Number(length) : bits === 16 ? 126 : 127));
  if (bits === 16) head.setUint16(2, Number(length));
  if (bits === 64) head.setBigUint64(2, length);
  const body = masked ? payload.map((byte, i) => byte ^ MASK[i % 4]!) : payload;
  return new Uint8Array([...new Uint8Array(head.buffer), ...masked ? MASK : [], ...body]);
}

/** A close frame with a code. */
export function closeFrame(code: number, reason: Uint8Array = new Uint8Array(0)): Uint8Array {
  return frame({ opcode: OPCODES.close, payload: Uint8Array.of(code >> 8, code & 255, ...reason) });
}

/** A frame as it came. */
export interface ReceivedFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Uint8Array;
}

/** The headers that make a request one for a WebSocket. */
export const UPGRADE = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** What the key above is answered by. */
const ACCEPT = createHash("sha1")
  .update("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
  .digest("base64");

/**
 * The client's end of a WebSocket, of the tests' own: it shares no code with the server's, and breaks
 * whatever rule it is told to. As a stream it sends each write as a message.
 */
export class WebSocketClient implements Stream {
  readonly answer: HttpAnswer;
  readonly #below: Stream;
  #buffer: Uint8Array;

  private constructor(below: Stream, answer: HttpAnswer) {
    this.#below = below;
    this.answer = answer;
    this.#buffer = answer.body;
  }

  /**
   * @param headers Further headers' lines.
   * @throws {Error} When the server doesn't open it.
   */
  static async open(
    below: Stream,
    headers: readonly string[] = ["Host: box:5900"],
    target = "/websocket",
  ): Promise<WebSocketClient> {
    await below.write(latin1Bytes(requestHead(`GET ${target} HTTP/1.1`, ...headers, ...UPGRADE)));
    const answer = await readAnswer(below);
    if (answer.status !== 101) throw new Error(`${new TextDecoder().decode(answer.body)}`);
    if (answer.headers.get("sec-websocket-accept") !== ACCEPT) throw new Error("a wrong answer");
    return new WebSocketClient(below, answer);
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array): Promise<void> {
    return this.#below.write(bytes);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.send(frame({ payload: bytes }));
  }

  /** The next binary message; null behind the close frame. */
  async read(): Promise<Uint8Array | null> {
    const next = await this.readFrame();
    if (next === null || next.opcode === OPCODES.close) return null;
    if (next.opcode !== OPCODES.binary || !next.fin) throw new Error(`opcode ${next.opcode}`);
    return next.payload;
  }

  /**
   * The next frame; null when the server has closed.
   * @throws {Error} When the frame is none that a server may send.
   */
  async readFrame(): Promise<ReceivedFrame | null> {
    const head = await this.#take(2);
    if (head === null) return null;
    const [first, second] = head as unknown as [number, number];
    if ((first & 0x70) !== 0 || second >= 0x80) throw new Error(`a frame of ${first}, ${second}`);
    const extended = second === 126 ? 2 : second === 127 ? 8 : 0;
    const bytes = (await this.#take(extended))!;
    const length = extended === 0 ? second : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    const payload = (await this.#take(length))!;
    return { opcode: first & 15, fin: first >= 0x80, payload };
  }

  close(): void {
    this.#below.close();
  }

  async #take(length: number): Promise<Uint8Array | null> {
    while (this.#buffer.length < length) {
      const chunk = await this.#below.read();
      if (chunk === null) return null;
      const joined = new Uint8Array(this.#buffer.length + chunk.length);
      joined.set(this.#buffer);
      joined.set(chunk, this.#buffer.length);
      this.#buffer = joined;
    }
    const taken = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.slice(length);
    return taken;
  }
}
