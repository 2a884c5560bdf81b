import type { Cursor } from "./desktop.ts";

/** `#` is the outline, `o` the inside. */
const ARROW = `
#
##
#o#
#oo#
#ooo#
#oooo#
#ooooo#
#oooooo#
#ooooooo#
#oooooooo#
#ooooo#####
#oo#oo#
#o# #oo#
##  #oo#
#    #oo#
     #oo#
      ##
`;

const TEXT = `
### ###
#oo#oo#
###o###
  #o#
  #o#
  #o#
  #o#
  #o#
  #o#
  #o#
  #o#
  #o#
  #o#
###o###
#oo#oo#
### ###
`;

const OUTLINE = 0xff0e1821;
const INSIDE = 0xffffffff;
const SHADOW = 0x50000000;

/** The usual pointer. */
export const ARROW_CURSOR = drawn(ARROW, 0, 0);

/** The pointer over text. */
export const TEXT_CURSOR = drawn(TEXT, 3, 8);

/** Makes a cursor of its picture, with a shadow one pixel to the right and below. */
function drawn(picture: string, hotX: number, hotY: number): Cursor {
  const rows = picture.split("\n").slice(1, -1);
  const width = Math.max(...rows.map((row) => row.length)) + 1;
  const height = rows.length + 1;
  const ink = (x: number, y: number) => rows[y]?.[x] ?? " ";
  const pixels = Uint32Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    if (ink(x, y) === " ") return ink(x - 1, y - 1) === " " ? 0 : SHADOW;
    return ink(x, y) === "#" ? OUTLINE : INSIDE;
  });
  return { width, height, hotX, hotY, pixels };
}
