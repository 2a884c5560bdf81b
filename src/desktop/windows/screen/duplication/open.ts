import { messageOf } from "../../../../log.ts";
import type { Framebuffer } from "../../../../frame/framebuffer.ts";
import type { Rect } from "../../../../frame/rect.ts";
import { PlatformError } from "../../../errors.ts";
import type { Capture } from "../capture.ts";
import { systemFile } from "../../system_file.ts";
import { check, objectAt } from "./com.ts";
import type { Graphics } from "./duplicated_output.ts";
import { DuplicationCapture } from "./duplication_capture.ts";

const D3D11 = {
  D3D11CreateDevice: {
    parameters: [
      ...["pointer", "u32", "pointer", "u32", "buffer", "u32", "u32"] as const,
      ...["buffer", "buffer", "buffer"] as const,
    ],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;

const D3D_DRIVER_TYPE_HARDWARE = 1;
const D3D11_SDK_VERSION = 7;

/**
 * Captures by desktop duplication.
 * @param area The virtual screen.
 * @param monitors How many there are.
 * @param screen Of the virtual screen's size.
 * @throws {PlatformError} When this isn't to be had: no graphics device, another program has it, a
 *   remote session.
 */
export function openDuplication(area: Rect, monitors: number, screen: Framebuffer): Capture {
  return new DuplicationCapture(createGraphics(), area, monitors, screen);
}

function createGraphics(): Graphics {
  const [device, context] = [new BigUint64Array(1), new BigUint64Array(1)];
  const result = loadD3D11().D3D11CreateDevice(
    ...[null, D3D_DRIVER_TYPE_HARDWARE, null, 0, null, 0, D3D11_SDK_VERSION] as const,
    ...[device, null, context] as const,
  );
  check("no graphics device", result);
  return { device: objectAt("a device", device), context: objectAt("its context", context) };
}

let loaded: Deno.DynamicLibrary<typeof D3D11>["symbols"] | undefined;

function loadD3D11() {
  try {
    return loaded ??= Deno.dlopen(systemFile("d3d11.dll"), D3D11).symbols;
  } catch (error) {
    throw new PlatformError(`no Direct3D: ${messageOf(error)}`);
  }
}
