import { decodeLatin1 } from "../latin1.ts";
import type { ByteSource } from "./byte_source.ts";
import { type ClipboardMessage, readClipboardMessage } from "./extended_clipboard.ts";

/** The longest text that a viewer may send in the form of RFC 6143, in bytes. */
export const MAX_CUT_TEXT = 1 << 20;

/** The longest message of the Extended Clipboard's form, in bytes: an image that hardly compresses. */
export const MAX_EXTENDED_CUT_TEXT = 17 << 20;

/** ClientCutText, in the form of RFC 6143 §7.5.6 or in that of the Extended Clipboard. */
export type ClientCutText =
  | { readonly type: "ClientCutText"; readonly text: string }
  | { readonly type: "ExtendedClientCutText"; readonly message: ClipboardMessage }
  /** Longer than a message of its form may be, and passed over. */
  | { readonly type: "LongClientCutText"; readonly length: number };

/**
 * Reads what follows the message type of a ClientCutText.
 * @param extended Whether a negative length marks the Extended Clipboard's form.
 * @throws {ProtocolError} When that form is broken.
 */
export async function readClientCutText(
  source: ByteSource,
  extended: boolean,
): Promise<ClientCutText> {
  const head = await source.read(7);
  const isExtended = extended && head.getInt32(3) < 0;
  const length = isExtended ? -head.getInt32(3) : head.getUint32(3);
  // A long text is no attack: it is passed over, in bounded memory, and the viewer stays.
  if (length > (isExtended ? MAX_EXTENDED_CUT_TEXT : MAX_CUT_TEXT)) {
    await source.skip(length);
    return { type: "LongClientCutText", length };
  }
  if (isExtended) {
    return { type: "ExtendedClientCutText", message: await readClipboardMessage(source, length) };
  }
  return { type: "ClientCutText", text: decodeLatin1(await source.readBytes(length)) };
}
