import { openJpegCodec } from "../../src/encodings/jpeg/open.ts";
import { createEncoders } from "../../src/encodings/table.ts";

/** Every encoder of pixels, by its encoding's number. */
export const ENCODERS = createEncoders(await openJpegCodec());
