const KERNEL32 = {
  GetSystemDirectoryW: { parameters: ["buffer", "u32"], result: "u32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The longest path that functions without a way for longer ones give. */
const MAX_PATH = 260;

let folder: string | undefined;

/**
 * Where one of Windows' own libraries or programs is. By its mere name Windows would look for a library in
 * the program's folder first, unless it is one of the few that are always loaded from its own
 * (kernel32.dll, user32.dll, gdi32.dll, advapi32.dll), and for a program wherever PATH says; somebody else
 * may have put another there.
 * @example
 * Deno.dlopen(systemFile("d3d11.dll"), D3D11);
 */
export function systemFile(name: string): string {
  if (folder === undefined) {
    const path = new Uint16Array(MAX_PATH);
    const { symbols } = Deno.dlopen("kernel32.dll", KERNEL32);
    folder = String.fromCharCode(...path.subarray(0, symbols.GetSystemDirectoryW(path, MAX_PATH)));
  }
  return `${folder}\\${name}`;
}
