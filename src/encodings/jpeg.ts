import type { Encoder } from "./encoding.ts";
import { shifted } from "./encode_here.ts";
import { ENCODING } from "./ids.ts";
import type { JpegCodec } from "./jpeg/codec.ts";
import { CONTENT } from "./tight/content.ts";
import { cutByContent } from "./tight/cut.ts";
import { defaultSubsampling, takesJpeg } from "./tight/jpeg.ts";
import { copyOf } from "./tight/tight.ts";

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
      const { quality, exactEncoding = ENCODING.Raw } = settings;
      const exact = encoders.get(exactEncoding)!;
      const exactSettings = { ...settings, quality: undefined };
      if (quality === undefined || !takesJpeg(format, settings)) {
        return exact.encode(frame, rect, format, exactSettings);
      }
      const { subsampling = defaultSubsampling(quality) } = settings;
      const picture = copyOf(frame, rect);
      const rects = cutByContent(picture, true).flatMap(({ rect, content }) => {
        if (content !== CONTENT.Photo) return exact.encode(picture, rect, format, exactSettings);
        const head = codec.encode(picture, rect, quality, subsampling);
        return [{ rect, encoding: ENCODING.JPEG, head, lossy: true }];
      });
      return shifted(rects, rect.x, rect.y);
    },
  };
}
