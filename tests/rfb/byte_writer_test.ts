import { assertEquals } from "@std/assert";
import { ByteWriter } from "../../src/rfb/byte_writer.ts";

Deno.test("a writer grows with whatever is written", () => {
  for (let capacity = 0; capacity <= 20; capacity++) {
    const out = new ByteWriter(capacity)
      .u8(1).u16(0x203).u32(0x4050607).s32(-2).padding(2).bytes(Uint8Array.of(8, 9));
    assertEquals([...out.finish()], [1, 2, 3, 4, 5, 6, 7, 255, 255, 255, 254, 0, 0, 8, 9]);
  }
});
