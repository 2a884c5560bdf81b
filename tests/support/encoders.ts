import { openWasmJpeg } from "../../src/encodings/jpeg/wasm.ts";
import { createEncoders } from "../../src/encodings/table.ts";

/** Every encoder of pixels, by its encoding's number. */
export const ENCODERS = createEncoders(await openWasmJpeg());
