/** The largest keysym that the protocol allows. */
const LARGEST = 0x1fffffff;
const VOID_SYMBOL = 0xffffff;
const UNICODE = 0x01000000;

/** Whether a viewer's number is a symbol at all. */
export function isKeysym(keysym: number): boolean {
  return keysym > 0 && keysym <= LARGEST && keysym !== VOID_SYMBOL;
}

/** One keysym for symbols that have two: Latin-1 and the currency signs also exist as Unicode. */
export function canonicalKeysym(keysym: number): number {
  if (keysym >= UNICODE + 0x20 && keysym <= UNICODE + 0xff) return keysym - UNICODE;
  if (keysym >= 0x20a0 && keysym <= 0x20ac) return keysym + UNICODE;
  return keysym;
}

/**
 * Whether a keysym is what a key does (Tab, F1, Control_L, volume up) rather than a character. Such a
 * key means the same with any modifier pressed. The keypad's are characters: Num_Lock changes them.
 */
export function isFunctionKeysym(keysym: number): boolean {
  if (keysym >= 0xff80 && keysym <= 0xffbd) return false;
  return (keysym >= 0xfe00 && keysym <= 0xffff) || keysym >= 0x10000000;
}
