// `deno task compile --target windows`. What it makes with deno.exe in denort's place doesn't start by
// itself, but shows that everything is in it.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { PLACE } from "../support/wine/place.ts";
import { ROOT } from "../support/root.ts";

const KERNELS = ["frame/kernels/compare.wasm", "encodings/kernels/deflate.wasm"];

async function compile(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "compile", "--target", "windows"],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder();
  return { code, output: text.decode(stdout) + text.decode(stderr) };
}

Deno.test("vncd.exe holds the program, its kernels and the page", async () => {
  const file = `${ROOT}dist/vncd.exe`;
  await Deno.remove(file).catch(() => {});
  const { code, output } = await compile({ DENORT_BIN: `${PLACE}/deno/deno.exe` });
  assertEquals(code, 0, output);
  const bytes = await Deno.readFile(file);
  const { size } = await Deno.stat(`${PLACE}/deno/deno.exe`);
  assert(bytes.length < size + 8e6, `${bytes.length - size} bytes are more than the program`);
  assertEquals(new TextDecoder().decode(bytes.subarray(0, 2)), "MZ");
  const text = new TextDecoder("latin1").decode(bytes);
  assert(text.includes("<title>vncd"), "the page is missing");
  for (const kernel of KERNELS) {
    const code = (await Deno.readFile(`${ROOT}src/${kernel}`)).toBase64();
    assert(text.includes(code), `${kernel} is missing`);
  }
  assertStringIncludes(text, "SeAssignPrimaryTokenPrivilege");
});

Deno.test("a denort that isn't there is an error that names it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, output } = await compile({ DENORT_BIN: `${folder}/missing` });
    assert(code !== 0, output);
    assertStringIncludes(output, "missing");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
