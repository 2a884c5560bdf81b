import { assertEquals } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { ConnectionView } from "../../src/rfb/connection_view.ts";
import { SilentConnection } from "../../src/web/silent_connection.ts";
import { ScriptedConnection } from "../support/scripted_connection.ts";

const VIEWS: Readonly<Record<string, (inner: Connection) => Connection>> = {
  "a view": (inner) => new ConnectionView(inner),
  "that of who said nothing": (inner) => new SilentConnection(inner, () => {}, 1000),
};
for (const [what, over] of Object.entries(VIEWS)) {
  Deno.test(`${what} passes on why it is closed`, () => {
    const inner = new ScriptedConnection();
    const reasons: (string | undefined)[] = [];
    inner.close = (reason?: string) => void reasons.push(reason);
    const view = over(inner);
    view.close("another one came");
    view.close();
    assertEquals(reasons, ["another one came", undefined]);
  });
}
