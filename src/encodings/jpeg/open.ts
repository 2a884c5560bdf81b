import { Framebuffer } from "../../frame/framebuffer.ts";
import type { JpegCodec } from "./codec.ts";
import { openTurboJpeg } from "./turbojpeg.ts";
import { openWasmJpeg } from "./wasm.ts";

/**
 * The fastest codec that there is here: the system's libturbojpeg where it works, and else the one
 * that vncd carries.
 * @param openNative Opens the first choice.
 */
export async function openJpegCodec(openNative = () => openTurboJpeg()): Promise<JpegCodec> {
  try {
    const codec = openNative();
    const trial = new Framebuffer(1, 1);
    codec.encode(trial, trial.bounds, 50, "4X");
    return codec;
  } catch {
    return await openWasmJpeg();
  }
}
