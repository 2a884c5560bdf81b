import { assertEquals } from "@std/assert";
import { PIXEL_ENCODINGS } from "../../src/encodings/table.ts";
import { ENCODERS } from "../support/encoders.ts";

Deno.test("each encoding of pixels has its encoder, under its number and name", () => {
  const encoders = [...ENCODERS].map(([id, encoder]) => [id, encoder.id, encoder.name]);
  const listed = [...PIXEL_ENCODINGS].map(([id, name]) => [id, id, name]);
  assertEquals(encoders.sort(), listed.sort());
});
