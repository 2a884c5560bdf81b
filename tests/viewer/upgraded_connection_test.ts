import { assertEquals, assertRejects } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { AuthError } from "../../src/rfb/errors.ts";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import type { Grant, SecurityType } from "../../src/security/security_type.ts";
import { Session } from "../support/session.ts";

/** The type's number; any that the viewer of the tests takes. */
const ID = 19;

/** A type that puts another connection in the place of the first one, and notes when that is closed. */
class Upgrading implements SecurityType {
  readonly id = ID;
  readonly alwaysHasResult = true;
  readonly opened: Connection[] = [];
  readonly closed = new Set<Connection>();

  constructor(readonly answer: () => Promise<Grant>) {}

  authenticate: SecurityType["authenticate"] = async (channel) => {
    channel.upgrade((connection) => {
      const { peer, remote, local } = connection;
      const upgraded: Connection = {
        ...{ peer, remote, local, isPrivate: true },
        read: () => connection.read(),
        write: (bytes) => connection.write(bytes),
        close: () => {
          this.closed.add(upgraded);
          connection.close();
        },
      };
      this.opened.push(upgraded);
      return upgraded;
    });
    return await this.answer();
  };
}

const accept = () => Promise.resolve({ rights: ALL_RIGHTS });

async function assertClosed(
  answer: () => Promise<Grant>,
  visit: (session: Session) => Promise<void>,
): Promise<void> {
  const type = new Upgrading(answer);
  const session = new Session({ securityTypes: [type], maxViewers: 1 });
  await visit(session);
  await session[Symbol.asyncDispose]();
  assertEquals([type.opened.length > 0, type.closed.size], [true, type.opened.length]);
}

Deno.test("a connection that encrypts is closed with a viewer that is refused", () =>
  assertClosed(() => Promise.reject(new AuthError("no")), async (session) => {
    const viewer = session.connect();
    await assertRejects(() => viewer.login({ securityType: ID }), Error, "no");
    await session.untilLogged("refused: no");
  }));

Deno.test("with one whose login breaks off", () =>
  assertClosed(() => Promise.reject(new TypeError("broken")), async (session) => {
    const viewer = session.connect();
    await viewer.login({ securityType: ID }).catch(() => {});
    await session.untilLogged("fault");
  }));

Deno.test("with one that came in and leaves", () =>
  assertClosed(accept, async (session) => {
    const viewer = await session.viewer({ securityType: ID });
    viewer.close();
    await session.untilLogged("gone");
  }));

Deno.test("with one for which there is no room after all", () =>
  assertClosed(accept, async (session) => {
    const late = session.connect();
    // It has passed the question whether there is room before the other one takes it.
    await late.read(12);
    await late.send([...new TextEncoder().encode("RFB 003.008\n")]);
    await late.read(2);
    await session.viewer({ securityType: ID });
    await late.write(ID);
    await late.read(4);
    await late.write(1);
    await session.untilLogged("too many viewers");
  }));
