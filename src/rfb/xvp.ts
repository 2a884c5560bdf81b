import type { ByteSource } from "./byte_source.ts";
import { ByteWriter } from "./byte_writer.ts";

/** What a viewer can ask for by the xvp extension. */
export type XvpOperation = "shutdown" | "reboot" | "reset";

/** An xvp Client Message. */
export interface XvpRequest {
  /** The version of the extension, which an answer has to repeat. */
  readonly version: number;
  /** Undefined where the code means nothing in the version that vncd knows. */
  readonly operation: XvpOperation | undefined;
}

/** The only version of the extension that is defined. */
const VERSION = 1;

const OPERATIONS: ReadonlyMap<number, XvpOperation> = new Map([
  [2, "shutdown"],
  [3, "reboot"],
  [4, "reset"],
]);

/** Reads what follows the message type of an xvp Client Message. */
export async function readXvp(source: ByteSource): Promise<XvpRequest> {
  const view = await source.read(3);
  const version = view.getUint8(1);
  const operation = version === VERSION ? OPERATIONS.get(view.getUint8(2)) : undefined;
  return { version, operation };
}

/** The xvp Server Message that declares the extension: XVP_INIT. */
export const XVP_INIT: Uint8Array = message(VERSION, 1);

/**
 * The xvp Server Message that an operation can't be done: XVP_FAIL.
 * @param version As the request had it.
 */
export function xvpFail(version: number): Uint8Array {
  return message(version, 0);
}

function message(version: number, code: number): Uint8Array {
  return new ByteWriter(4).u8(250).padding(1).u8(version).u8(code).finish();
}
