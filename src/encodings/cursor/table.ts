import type { CursorEncoding } from "./cursor_encoding.ts";
import { cursorWithAlpha } from "./cursor_with_alpha.ts";
import { richCursor } from "./rich_cursor.ts";
import { vmwareCursor } from "./vmware_cursor.ts";
import { xCursor } from "./x_cursor.ts";

/** Those that show most of a pointer first. */
const CURSOR_ENCODINGS: readonly CursorEncoding[] = [
  cursorWithAlpha,
  vmwareCursor,
  richCursor,
  xCursor,
];

/** The best way to send the pointer's picture to a viewer that has listed these encodings. */
export function bestCursorEncoding(encodings: readonly number[]): CursorEncoding | undefined {
  return CURSOR_ENCODINGS.find(({ id }) => encodings.includes(id));
}
