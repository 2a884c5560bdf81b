import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import type { Subsampling } from "../encoding.ts";
import type { JpegCodec } from "./codec.ts";
import { largestJpeg, TJSAMP } from "./libjpeg_turbo.ts";

/** The C functions in use: those that TurboJPEG has had since 1.2 and still has in 3.x. */
const SYMBOLS = {
  tjInitCompress: { parameters: [], result: "pointer" },
  /** Handle; pixels, width, pitch, height, format; `char **` and `long *` of the result; options. */
  tjCompress2: {
    parameters: [
      ...["pointer", "buffer", "i32", "i32", "i32", "i32"] as const,
      ...["buffer", "buffer", "i32", "i32", "i32"] as const,
    ],
    result: "i32",
  },
  tjGetErrorStr: { parameters: [], result: "pointer" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Blue, green, red, unused: a framebuffer's words in the memory of a little-endian machine. */
const TJPF_BGRX = 3;
/** The result's buffer is large enough. */
const TJFLAG_NOREALLOC = 1024;

/** The library's usual file, which Linux looks for in the system's folders. */
const FILE = "libturbojpeg.so.0";

/**
 * The system's libturbojpeg, 1.2 to 3.x.
 * @throws {Error} When it can't be loaded, lacks a function, or this is Windows.
 */
export function openTurboJpeg(file = FILE): JpegCodec {
  // Windows has none of its own, and takes one from the folder that vncd happens to be started in.
  if (Deno.build.os === "windows") throw new Error("Windows has no libturbojpeg");
  return new TurboJpeg(Deno.dlopen(file, SYMBOLS).symbols);
}

class TurboJpeg implements JpegCodec {
  readonly name = "libturbojpeg";
  readonly isQuick = true;
  readonly #library: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
  /** Lives as long as the program. */
  readonly #handle: Deno.PointerValue;
  /** Where pictures are made, one after the other. */
  #buffer = new Uint8Array();
  /** `unsigned char *`: that buffer's address. */
  readonly #address = new BigUint64Array(1);
  /** `unsigned long`. */
  readonly #length = new BigUint64Array(1);

  constructor(library: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"]) {
    this.#library = library;
    this.#handle = library.tjInitCompress();
    if (this.#handle === null) throw this.#error();
  }

  encode(frame: Framebuffer, rect: Rect, quality: number, subsampling: Subsampling): Uint8Array {
    const { width, height } = rect;
    this.#reserve(largestJpeg(width, height, subsampling));
    this.#length[0] = BigInt(this.#buffer.length);
    const status = this.#library.tjCompress2(
      this.#handle,
      // deno-lint-ignore no-explicit-any -- FFI takes shared memory too, its types don't
      frame.pixels.subarray(rect.y * frame.stride + rect.x) as any,
      width,
      frame.stride * 4,
      height,
      TJPF_BGRX,
      this.#address,
      this.#length,
      TJSAMP[subsampling],
      quality,
      TJFLAG_NOREALLOC,
    );
    if (status !== 0) throw this.#error();
    return this.#buffer.slice(0, Number(this.#length[0]));
  }

  #reserve(size: number): void {
    if (size <= this.#buffer.length) return;
    this.#buffer = new Uint8Array(size);
    this.#address[0] = BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(this.#buffer)));
  }

  #error(): Error {
    const text = this.#library.tjGetErrorStr();
    const reason = text === null ? "no reason given" : Deno.UnsafePointerView.getCString(text);
    return new Error(`libturbojpeg: ${reason}`);
  }
}
