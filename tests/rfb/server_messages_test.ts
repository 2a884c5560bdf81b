import { assertEquals } from "@std/assert";
import { serverFence } from "../../src/rfb/fence.ts";
import {
  BELL,
  END_OF_CONTINUOUS_UPDATES,
  framebufferUpdate,
  rectangle,
  serverCutText,
  serverInit,
  setColourMapEntries,
} from "../../src/rfb/server_messages.ts";
import { XVP_INIT, xvpFail } from "../../src/rfb/xvp.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

Deno.test("ServerInit holds the size, the native format and the name in UTF-8", () => {
  assertEquals(
    serverInit(1920, 1080, "é"),
    bytes(
      ...[0x07, 0x80, 0x04, 0x38],
      ...[32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0],
      ...[0, 0, 0, 2, 0xc3, 0xa9],
    ),
  );
});

Deno.test("FramebufferUpdate and its rectangles", () => {
  assertEquals(framebufferUpdate(0x102), bytes(0, 0, 1, 2));
  assertEquals(
    rectangle({ x: 1, y: 0x203, width: 0x405, height: 0xffff }, -239),
    bytes(0, 1, 2, 3, 4, 5, 255, 255, 255, 255, 255, 0x11),
  );
});

Deno.test("SetColourMapEntries starts at 0", () => {
  assertEquals(
    setColourMapEntries([{ red: 0, green: 0x102, blue: 0xffff }]),
    bytes(1, 0, 0, 0, 0, 1, 0, 0, 1, 2, 255, 255),
  );
});

Deno.test("Bell", () => assertEquals(BELL, bytes(2)));

Deno.test("ServerCutText is Latin-1 with plain newlines", () => {
  assertEquals(serverCutText("é\r\n漢😀"), bytes(3, 0, 0, 0, 0, 0, 0, 4, 0xe9, 10, 63, 63));
});

Deno.test("EndOfContinuousUpdates", () => assertEquals(END_OF_CONTINUOUS_UPDATES, bytes(150)));

Deno.test("ServerFence", () => {
  assertEquals(
    serverFence({ flags: 0x80000001, payload: bytes(8, 9) }),
    bytes(248, 0, 0, 0, 0x80, 0, 0, 1, 2, 8, 9),
  );
});

Deno.test("xvp: INIT and FAIL, which repeats the request's version", () => {
  assertEquals(XVP_INIT, bytes(250, 0, 1, 1));
  assertEquals(xvpFail(7), bytes(250, 0, 7, 0));
});
