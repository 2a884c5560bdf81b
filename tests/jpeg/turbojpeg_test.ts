import { assertEquals, assertThrows } from "@std/assert";
import { openJpegCodec } from "../../src/encodings/jpeg/open.ts";
import { openTurboJpeg } from "../../src/encodings/jpeg/turbojpeg.ts";
import { photo } from "../support/pictures.ts";
import { testJpegCodec } from "../encodings/jpeg/conformance.ts";

const codec = openTurboJpeg();

testJpegCodec("libturbojpeg", codec);

Deno.test("libturbojpeg is the first choice", async () => {
  assertEquals((await openJpegCodec()).name, codec.name);
});

Deno.test("libturbojpeg says what is wrong", () => {
  const frame = photo(8, 8);
  assertThrows(() => codec.encode(frame, frame.bounds, 101, "4X"), Error, "libturbojpeg: ");
});

Deno.test("a library without the functions, or none at all, is refused", () => {
  assertThrows(() => openTurboJpeg("libc.so.6"), Error, "undefined symbol: tj");
  assertThrows(() => openTurboJpeg("libnothing.so.0"), Error, "libnothing");
});
