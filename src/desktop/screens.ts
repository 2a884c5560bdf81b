import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Screen } from "./desktop.ts";

/**
 * The only monitor of a desktop: it shows all of it. Not number 0: to libvncclient that is no monitor, and
 * the new size that came with it none.
 */
export function onlyScreen({ bounds }: Framebuffer): readonly Screen[] {
  return [{ id: 1, ...bounds }];
}
