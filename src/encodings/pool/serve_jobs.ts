import { Framebuffer } from "../../frame/framebuffer.ts";
import type { EncodedRect, Encoder, PixelCoding } from "../encoding.ts";
import { giveBack } from "../lent_memory.ts";
import { shifted } from "../shifted.ts";
import type { JobMessage, MemoryMessage, ThreadMessage } from "./messages.ts";

/** Codings that a thread remembers: more than viewers use, but no viewer can fill memory with them. */
const MAX_CODINGS = 64;

/** What is used of a Worker's global scope. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<MemoryMessage | JobMessage>) => void) | null;
  postMessage(message: ThreadMessage, transfer?: Transferable[]): void;
}

/** Makes this Worker one of a {@linkcode WorkerPool}: it encodes what it is sent, one job after the other. */
export function serveJobs(encoders: ReadonlyMap<number, Encoder>): void {
  const scope = globalThis as unknown as WorkerScope;
  const codings = new Codings();
  let memory: SharedArrayBuffer;
  scope.onmessage = ({ data: job }) => {
    if ("memory" in job) {
      memory = job.memory;
      return;
    }
    let rects: EncodedRect[];
    try {
      rects = encode(encoders, memory, job, codings.same(job));
    } catch (error) {
      return scope.postMessage({ error });
    }
    const buffer = joinBytes(rects);
    scope.postMessage({ rects }, [buffer]);
  };
  scope.postMessage({ ready: true });
}

function encode(
  encoders: ReadonlyMap<number, Encoder>,
  memory: SharedArrayBuffer,
  { start, rect }: JobMessage,
  { encoding, format, settings }: PixelCoding,
): EncodedRect[] {
  const { width, height } = rect;
  const picture = new Framebuffer(width, height, new Uint32Array(memory, start, width * height));
  const rects = encoders.get(encoding)!.encode(picture, picture.bounds, format, settings);
  return shifted(rects, rect.x, rect.y);
}

/** The codings of the last jobs: what encoders prepare for a format is kept by its object. */
class Codings {
  readonly #codings = new Map<string, PixelCoding>();

  /** The same object for equal codings. */
  same({ codingKey, coding }: JobMessage): PixelCoding {
    const known = this.#codings.get(codingKey);
    if (known !== undefined) return known;
    if (this.#codings.size === MAX_CODINGS) this.#codings.clear();
    this.#codings.set(codingKey, coding);
    return coding;
  }
}

/**
 * Moves the rectangles' bytes into one buffer that can be handed over. Theirs could not be: parts of
 * them may belong to something else (constants, node:zlib's pool), and some are larger than they need.
 */
function joinBytes(rects: EncodedRect[]): ArrayBuffer {
  const sizeOf = ({ head, deflated }: EncodedRect) => head.length + (deflated?.segment.length ?? 0);
  const joined = new Uint8Array(rects.reduce((sum, encoded) => sum + sizeOf(encoded), 0));
  let at = 0;
  const moved = (bytes: Uint8Array) => {
    joined.set(bytes, at);
    at += bytes.length;
    giveBack(bytes);
    return joined.subarray(at - bytes.length, at);
  };
  for (const [i, encoded] of rects.entries()) {
    const { head, deflated } = encoded;
    rects[i] = {
      ...encoded,
      head: moved(head),
      ...deflated && { deflated: { ...deflated, segment: moved(deflated.segment) } },
    };
  }
  return joined.buffer;
}
