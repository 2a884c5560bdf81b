/** advapi32.dll: reading the registry. */
const ADVAPI32_REGISTRY = {
  RegOpenKeyExW: { parameters: ["isize", "buffer", "u32", "u32", "buffer"], result: "i32" },
  RegEnumValueW: {
    parameters: [
      ...["usize", "u32", "buffer", "buffer", "pointer", "buffer", "buffer", "buffer"] as const,
    ],
    result: "i32",
  },
  RegCloseKey: { parameters: ["usize"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

const HKEY_LOCAL_MACHINE = -0x7ffffffen;
const KEY_READ = 0x20019;
const ERROR_SUCCESS = 0;
const REG_SZ = 1;
/** Characters of a value's name, and bytes of a text: more than Windows allows, or anybody writes. */
const MAX_NAME = 16_384;
const MAX_TEXT = 65_536;

/**
 * The texts that a key below HKEY_LOCAL_MACHINE holds; undefined when it can't be read.
 * @param key `SOFTWARE\Example`.
 */
export function registryTexts(key: string): string[] | undefined {
  const { RegOpenKeyExW, RegEnumValueW, RegCloseKey } =
    Deno.dlopen("advapi32.dll", ADVAPI32_REGISTRY).symbols;
  const path = Uint16Array.from([...key, "\0"].map((unit) => unit.charCodeAt(0)));
  const handle = new BigUint64Array(1);
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, handle) !== ERROR_SUCCESS) {
    return undefined;
  }
  const texts: string[] = [];
  const [name, data] = [new Uint16Array(MAX_NAME), new Uint8Array(MAX_TEXT)];
  for (let index = 0;; index++) {
    const [nameLength, type, size] = [
      Uint32Array.of(MAX_NAME),
      new Uint32Array(1),
      Uint32Array.of(MAX_TEXT),
    ];
    const status = RegEnumValueW(handle[0]!, index, name, nameLength, null, type, data, size);
    if (status !== ERROR_SUCCESS) break;
    if (type[0] === REG_SZ) {
      const text = new TextDecoder("utf-16le").decode(data.subarray(0, size[0]!));
      texts.push(text.replace(/\0+$/, ""));
    }
  }
  RegCloseKey(handle[0]!);
  return texts;
}
