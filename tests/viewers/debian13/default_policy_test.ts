// What the newer of TigerVNC's viewers does with what vncd offers by default.

import { assertEquals } from "@std/assert";
import { NEW_TIGERVNC } from "../../support/suites.ts";
import { choiceOf, KNOWN, PLACES, startDefault } from "../support/default_policy.ts";
import { Middleman } from "../support/middleman.ts";
import { SERVER_KEY, TigerVnc } from "../support/tigervnc.ts";

for (const [what, known] of Object.entries(KNOWN)) {
  Deno.test(`by default, with ${what}: TigerVNC's newer viewer chooses RA2_256, and gets in`, async () => {
    await using started = await startDefault(known);
    for (const host of Object.values(PLACES)) {
      await using middleman = new Middleman(started.vncd.port, undefined, host);
      const options = { command: NEW_TIGERVNC.command, security: "default" };
      await using viewer = await TigerVnc.start({ port: middleman.port, ...known, ...options });
      await viewer.answer(SERVER_KEY, "Return");
      await viewer.window();
      assertEquals(choiceOf(middleman.sent.viewer), "129");
    }
  });
}
