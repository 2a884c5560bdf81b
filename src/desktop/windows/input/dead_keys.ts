/** The first of X11's dead keys: grave, acute, circumflex, tilde, macron, breve ... ogonek. */
const DEAD_GRAVE = 0xfe50;
/** The accents by themselves, and how else layouts call such a key: US-International has `'` dead. */
const ACCENTS = ["`", "´'΄", "^", "~", "¯", "˘", "˙", '¨"', "°˚", "˝", "ˇ", "¸", "˛"];

/** The accents that a dead keysym may be on Windows' layouts, the usual one first. */
export function accentsOf(keysym: number): string | undefined {
  return ACCENTS[keysym - DEAD_GRAVE];
}
