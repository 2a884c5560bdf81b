import { DEVMODEW } from "../../../src/desktop/windows/structs.ts";

const user32 = Deno.dlopen("user32.dll", {
  ChangeDisplaySettingsExW: {
    parameters: ["pointer", "buffer", "pointer", "u32", "pointer"],
    result: "i32",
  },
}).symbols;
const DM_PELSWIDTH = 0x80000;
const DM_PELSHEIGHT = 0x100000;

/**
 * Gives the screen another size.
 * @returns 0 for success.
 */
export function setResolution(width: number, height: number): number {
  const view = new DataView(new ArrayBuffer(DEVMODEW.size));
  view.setUint16(DEVMODEW.dmSize, DEVMODEW.size, true);
  view.setUint32(DEVMODEW.dmFields, DM_PELSWIDTH | DM_PELSHEIGHT, true);
  view.setUint32(DEVMODEW.dmPelsWidth, width, true);
  view.setUint32(DEVMODEW.dmPelsHeight, height, true);
  return user32.ChangeDisplaySettingsExW(null, view, null, 0, null);
}
