import { assert, assertEquals } from "@std/assert";
import { fence } from "../support/client_extensions.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session, turn } from "../support/session.ts";

const RAW = 0;
const REQUEST = 2 ** 31;
const BLOCK_AFTER = 2;

Deno.test("a viewer goes that still has fences to be answered, one after the other", async () => {
  const session = new Session();
  // Less than an update: the server has to wait in the middle of it, and so the fences' answers.
  const viewer = await session.viewer({}, 100);
  await viewer.setEncodings(RAW);
  await viewer.request(false);
  await viewer.send(Array.from({ length: 3 }, () => fence(REQUEST + BLOCK_AFTER)).flat());
  while (session.desktop.grabs === 0) await turn();
  for (let i = 0; i < 10; i++) await turn();
  viewer.close();
  // Where it fails its end would be waited for in vain.
  for (let i = 0; i < 1000 && session.desktop.watched; i++) await turn();
  assert(!session.desktop.watched);
  await session[Symbol.asyncDispose]();
});

Deno.test("nothing is done any more for a viewer whose connection was ended", async () => {
  const desktop = new FakeDesktop();
  const session = new Session({}, desktop);
  const viewer = await session.viewer();
  let ended: Promise<void> | undefined;
  const { key } = desktop;
  desktop.key = (...args) => {
    key.apply(desktop, args);
    ended ??= session.server.close();
  };
  await viewer.send([0x61, 0x62, 0x63].flatMap((keysym) => [4, 1, 0, 0, 0, 0, 0, keysym]));
  while (ended === undefined) await turn();
  await session[Symbol.asyncDispose]();
  assertEquals(desktop.input, ["key 61 down", "key 61 up"]);
});
