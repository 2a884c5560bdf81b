import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openJpegCodec } from "../../../src/encodings/jpeg/open.ts";
import { openWasmJpeg } from "../../../src/encodings/jpeg/wasm.ts";
import { testJpegCodec } from "./conformance.ts";

const codec = await openWasmJpeg();

testJpegCodec("JPEG in WebAssembly", codec);

Deno.test("JPEG in WebAssembly leaves nothing behind in the global scope", () => {
  assertEquals("__dirname" in globalThis, false);
});

Deno.test("the codec in WebAssembly stands in where the library can't be loaded", async () => {
  const opened = await openJpegCodec(() => {
    throw new Error("libturbojpeg.so.0: cannot open shared object file");
  });
  assertStringIncludes(opened.name, "WebAssembly");
});

Deno.test("the codec in WebAssembly stands in where the library can't encode", async () => {
  let tried = false;
  const opened = await openJpegCodec(() => ({
    name: "broken",
    encode() {
      tried = true;
      throw new Error("out of memory");
    },
  }));
  assert(tried);
  assertStringIncludes(opened.name, "WebAssembly");
});
