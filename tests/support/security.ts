import type { Accounts } from "../../src/security/accounts/accounts.ts";
import { ALL_RIGHTS, type Rights } from "../../src/security/rights.ts";
import { SecurityChannel } from "../../src/security/security_channel.ts";
import type { Authentication, Grant } from "../../src/security/security_type.ts";
import { connectionPair } from "./memory_connection.ts";
import { TestViewer } from "./test_viewer.ts";

/** Accounts with one name and one password, or with a password alone. */
export class OneAccount implements Accounts {
  readonly hasNames: boolean;
  /** What was asked, each as "name/password". */
  readonly asked: string[] = [];

  /** @param name Empty where a password alone is asked for. */
  constructor(readonly name: string, readonly password: string) {
    this.hasNames = name !== "";
  }

  knows(name: string): boolean {
    return this.hasNames && name === this.name;
  }

  check(name: string, password: Uint8Array): Promise<Rights | undefined> {
    const asked = `${name}/${new TextDecoder().decode(password)}`;
    this.asked.push(asked);
    return Promise.resolve(asked === `${this.name}/${this.password}` ? ALL_RIGHTS : undefined);
  }

  checkProof(): undefined {}
}

/**
 * Has a security type's own part of the handshake run.
 * @param answer The viewer's part; it closes its connection behind it.
 * @throws What the security type throws.
 */
export async function authenticate(
  type: Authentication,
  answer: (viewer: TestViewer) => Promise<void>,
  isPrivate = false,
): Promise<Grant> {
  const [server, client] = connectionPair(undefined, isPrivate ? "127.0.0.1" : undefined);
  const viewer = new TestViewer(client);
  const answered = answer(viewer).finally(() => viewer.close());
  const [granted] = await Promise.all([type.authenticate(new SecurityChannel(server)), answered]);
  return granted;
}
