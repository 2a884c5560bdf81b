import type { Libraries } from "./libraries.ts";

/** The right that is needed to ask for a process's file. */
export const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

/** Characters of a path: more than Windows allows. */
const MAX_PATH = 32_768;

/** The file of a process's program, with its folder; undefined where Windows doesn't tell. */
export function processImage(
  { QueryFullProcessImageNameW }: Pick<Libraries["kernel32"], "QueryFullProcessImageNameW">,
  process: Deno.PointerValue,
): string | undefined {
  const path = new Uint16Array(MAX_PATH);
  const length = Uint32Array.of(MAX_PATH);
  if (QueryFullProcessImageNameW(process, 0, path, length) === 0) return undefined;
  return new TextDecoder("utf-16le").decode(path.subarray(0, length[0]));
}
