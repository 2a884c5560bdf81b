import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Screen } from "./desktop.ts";

/** The only monitor of a desktop: it shows all of it. */
export function onlyScreen({ bounds }: Framebuffer): readonly Screen[] {
  return [{ id: 0, ...bounds }];
}
