import { constants, inflateSync } from "node:zlib";
import { type ByteSource, need, readU32, readU8 } from "./decoders/decoder.ts";

/** Messages of the protocol's extensions, as a viewer gets them. */
export type ExtensionEvent =
  | { readonly type: "endOfContinuousUpdates" }
  | { readonly type: "fence"; readonly flags: number; readonly payload: readonly number[] }
  | { readonly type: "xvp"; readonly version: number; readonly code: number }
  | { readonly type: "clipboardCaps"; readonly flags: number; readonly sizes: readonly number[] }
  | { readonly type: "clipboardRequest"; readonly formats: number }
  | { readonly type: "clipboardNotify"; readonly formats: number }
  | { readonly type: "clipboardProvide"; readonly text: string }
  | {
    readonly type: "clipboardProvideMore";
    readonly formats: number;
    readonly data: Uint8Array[];
  };

/**
 * Reads what follows the message type of one of the extensions' messages.
 * @throws {DecodeError} When it is not what the specification allows.
 */
export async function readExtensionMessage(
  source: ByteSource,
  type: number,
): Promise<ExtensionEvent> {
  if (type === 150) return { type: "endOfContinuousUpdates" };
  if (type === 248) {
    await source.read(3);
    const flags = await readU32(source);
    const length = await readU8(source);
    need(length <= 64, `a fence with ${length} bytes`);
    return { type: "fence", flags, payload: [...await source.read(length)] };
  }
  need(type === 250, `message type ${type}`);
  const [, version, code] = await source.read(3);
  return { type: "xvp", version: version!, code: code! };
}

/** Reads what follows the negative length of a ServerCutText: so many bytes. */
export async function readClipboardEvent(
  source: ByteSource,
  length: number,
): Promise<ExtensionEvent> {
  const flags = await readU32(source);
  const content = (await source.read(length - 4)).slice();
  const view = new DataView(content.buffer);
  const formats = flags & 0xffff;
  if (flags & 1 << 24) {
    const sizes = Array.from({ length: content.length / 4 }, (_, i) => view.getUint32(i * 4));
    need(sizes.length === formats.toString(2).replaceAll("0", "").length, "sizes of formats");
    return { type: "clipboardCaps", flags, sizes };
  }
  const action = flags - formats;
  if (action === 1 << 28) {
    if (formats !== 1) return { type: "clipboardProvideMore", formats, data: provided(content) };
    return { type: "clipboardProvide", text: providedText(content) };
  }
  need(content.length === 0, "content behind a clipboard message without any");
  if (action === 1 << 25) return { type: "clipboardRequest", formats };
  need(action === 1 << 27, `a clipboard action ${action}`);
  return { type: "clipboardNotify", formats };
}

/** What is provided, of each format in the order of their bits. */
function provided(stream: Uint8Array): Uint8Array[] {
  const bytes = inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH });
  const data: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    need(end <= bytes.length, "the clipboard's size");
    data.push(new Uint8Array(bytes.subarray(at + 4, end)));
    at = end;
  }
  return data;
}

function providedText(stream: Uint8Array): string {
  const data = provided(stream);
  need(data.length === 1, "one format");
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data[0]);
  need(text.endsWith("\0"), "a NUL behind the text");
  const lines = text.slice(0, -1).split("\r\n");
  need(lines.every((line) => !line.includes("\n")), "newlines without a carriage return");
  return lines.join("\n");
}
