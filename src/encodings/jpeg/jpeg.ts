import { CONTENT } from "../content/content.ts";
import { cutByContent } from "../content/cut.ts";
import type { Encoder } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import type { JpegCodec } from "./codec.ts";
import { subsamplingOf, takesJpeg } from "./settings.ts";

/**
 * JPEG: photos are JPEG files and nothing else. All other content, and everything for viewers that
 * asked for no quality, goes in another encoding that the viewer has.
 * @param encoders The other encodings' encoders, by number.
 */
export function createJpeg(codec: JpegCodec, encoders: ReadonlyMap<number, Encoder>): Encoder {
  return {
    id: ENCODING.JPEG,
    name: "JPEG",
    encode(frame, rect, format, settings) {
      const { exactEncoding = ENCODING.Raw } = settings;
      const exact = encoders.get(exactEncoding)!;
      const exactSettings = { ...settings, quality: undefined };
      if (!takesJpeg(format, settings)) {
        return exact.encode(frame, rect, format, exactSettings);
      }
      return cutByContent(frame, rect, true).flatMap(({ rect, content }) => {
        if (content !== CONTENT.Photo) return exact.encode(frame, rect, format, exactSettings);
        const head = codec.encode(frame, rect, settings.quality, subsamplingOf(settings));
        return [{ rect, encoding: ENCODING.JPEG, head, lossy: true }];
      });
    },
  };
}
