import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import type { Subsampling } from "../encoding.ts";
import type { JpegCodec } from "./codec.ts";
import { largestJpeg, TJSAMP } from "./libjpeg_turbo.ts";

/** What is used of the package's JPEGEncoder, which has no types of its own. */
interface JpegEncoder {
  /** Makes room for a picture, and returns the memory that it has to be written to. */
  getDecodedBuffer(
    picture: {
      width: number;
      height: number;
      bitsPerSample: number;
      componentCount: number;
      isSigned: boolean;
    },
  ): Uint8Array;
  setProgressive(progressive: number): void;
  setQuality(quality: number): void;
  setSubSampling(subsampling: number): void;
  encode(): void;
  /** A copy of the result. */
  getEncodedBuffer(): Uint8ClampedArray<ArrayBuffer>;
}

interface Package {
  readonly JPEGEncoder: new () => JpegEncoder;
}

/** libjpeg-turbo in WebAssembly, which vncd carries: for systems that don't have the library. */
export async function openWasmJpeg(): Promise<JpegCodec> {
  // Loaded only now, so that it costs nothing where the system's library is used.
  const [{ default: instantiate }, { default: wasmBinary }] = await Promise.all([
    import("@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs"),
    import("./wasm_binary.ts"),
  ]);
  // The package asks for its folder, which it needs no more, in a way that a bundle doesn't have.
  const globals = globalThis as { __dirname?: string };
  globals.__dirname = "";
  try {
    const { JPEGEncoder } = await instantiate({ wasmBinary }) as Package;
    return new WasmJpeg(new JPEGEncoder());
  } finally {
    delete globals.__dirname;
  }
}

class WasmJpeg implements JpegCodec {
  readonly name = "libjpeg-turbo in WebAssembly";
  readonly #encoder: JpegEncoder;

  constructor(encoder: JpegEncoder) {
    this.#encoder = encoder;
    encoder.setProgressive(0);
  }

  encode(frame: Framebuffer, rect: Rect, quality: number, subsampling: Subsampling): Uint8Array {
    const { width, height } = rect;
    this.#encoder.setQuality(quality);
    this.#encoder.setSubSampling(TJSAMP[subsampling]);
    const size = largestJpeg(width, height, subsampling);
    copyRgb(frame, rect, this.#memory(width, height, size));
    this.#encoder.encode();
    return new Uint8Array(this.#encoder.getEncodedBuffer().buffer);
  }

  /**
   * The memory for a picture's red, green and blue. The package gives the result as many bytes as this
   * has, whether they suffice or not; so it is told of more components than there are, and of deeper
   * ones, which makes this larger and changes nothing else.
   * @param size How many bytes the result may have.
   */
  #memory(width: number, height: number, size: number): Uint8Array {
    const perPixel = Math.ceil(size / (width * height));
    return this.#encoder.getDecodedBuffer({
      width,
      height,
      componentCount: Math.min(Math.max(perPixel, 3), 255),
      bitsPerSample: 8 * Math.ceil(perPixel / 255),
      isSigned: false,
    });
  }
}

/** Writes red, green and blue of each pixel, row after row. */
function copyRgb(frame: Framebuffer, rect: Rect, out: Uint8Array): void {
  const { pixels, stride } = frame;
  let to = 0;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * stride + rect.x;
    for (let from = start; from < start + rect.width; from++) {
      const word = pixels[from]!;
      out[to++] = word >>> 16;
      out[to++] = word >>> 8;
      out[to++] = word;
    }
  }
}
