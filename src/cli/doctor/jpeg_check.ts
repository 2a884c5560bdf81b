import { openJpegCodec } from "../../encodings/jpeg/open.ts";
import type { Check } from "./check.ts";

/** What makes pictures for slow connections. */
export const jpegCheck: Check = {
  name: "JPEG",
  look: async ({ os }) => {
    const { name, isQuick } = await openJpegCodec();
    if (isQuick || os === "windows") return [{ verdict: "ok", says: `made by ${name}` }];
    return [{
      verdict: "warn",
      says: `made by ${name}: the system's library is six times as fast`,
      advice: ["Install libturbojpeg; in Debian and Ubuntu: sudo apt install libturbojpeg0"],
    }];
  },
};
