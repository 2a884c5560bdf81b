import type { PixelCoding } from "./encoding.ts";

const keys = new WeakMap<object, string>();

/** The same for codings that are equal in all they hold, and only for those. */
export function codingKey(coding: PixelCoding): string {
  return memoized(
    coding,
    ({ encoding, format, settings }) =>
      `${encoding} ${memoized(format, fields)} ${memoized(settings, fields)}`,
  );
}

/** Whatever fields there are, so that one that is new can't be forgotten here. */
function fields(object: object): string {
  const set = Object.entries(object).filter(([, value]) => value !== undefined);
  return JSON.stringify(set.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Each object's key is found out once: the objects are immutable. */
function memoized<T extends object>(object: T, find: (object: T) => string): string {
  let key = keys.get(object);
  if (key === undefined) keys.set(object, key = find(object));
  return key;
}
