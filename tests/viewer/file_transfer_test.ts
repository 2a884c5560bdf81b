import { assert } from "@std/assert";
import { Session } from "../support/session.ts";

/** Messages of file transfers and chats, as other servers' viewers send them; vncd has neither. */
const MESSAGES: readonly (readonly [name: string, bytes: number[]])[] = [
  ["UltraVNC's file transfer", [7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x2f]],
  ["UltraVNC's text chat", [11, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]],
  ...[130, 131, 132, 133, 134, 135, 136].map((type) =>
    [`TightVNC's file transfer, message ${type}`, [type, 0, 0, 4, 0x2f, 0x2e, 0x2e, 0x2f]] as const
  ).map(([name, bytes]) => [name, [...bytes]] as const),
  ["TightVNC's file transfer since 2.0", [0xfc, 0, 1, 3, 0, 0, 0, 1, 0x2f]],
].map(([name, bytes]) => [name as string, bytes as number[]]);

for (const [name, bytes] of MESSAGES) {
  Deno.test(`${name} closes the connection`, async () => {
    await using session = new Session();
    const viewer = await session.viewer();
    await viewer.write(...bytes);
    assert(await viewer.closed());
    await session.untilLogged(`closed: unknown message type ${bytes[0]}`);
  });
}
