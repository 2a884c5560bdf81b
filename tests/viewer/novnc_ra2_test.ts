import { assertEquals } from "@std/assert";
import { Gate } from "../../src/security/gate.ts";
import { fingerprintOf } from "../../src/security/rsa_aes/public_key.ts";
import { RSA_AES_VARIANTS } from "../../src/security/rsa_aes/variant.ts";
import { RsaAes } from "../../src/security/rsa_aes.ts";
import { SERVER_KEY } from "../security/rsa_aes/known_answers.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { NoVnc } from "../support/novnc/novnc.ts";
import { RecordingAccounts } from "../support/recording_accounts.ts";
import { Session, turn } from "../support/session.ts";

/** The fingerprint as noVNC's page makes it from what its engine tells. */
async function shownFingerprint(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", publicKey));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("-");
}

/** What somebody at noVNC sees and types. */
class Person {
  readonly seen: string[] = [];
  fingerprint = "";

  constructor(
    { api }: NoVnc,
    credentials: { readonly username?: string; readonly password: string },
  ) {
    const on = (event: string, listener: (detail: Record<string, unknown>) => unknown) =>
      api.addEventListener(event, (event) => {
        this.seen.push(event.type);
        return listener((event as CustomEvent).detail);
      });
    on("serververification", async ({ publickey }) => {
      this.fingerprint = await shownFingerprint(publickey as Uint8Array<ArrayBuffer>);
      api.approveServer();
    });
    on("credentialsrequired", ({ types }) => {
      this.seen.push(...types as string[]);
      api.sendCredentials(credentials);
    });
    on("securityfailure", ({ reason }) => this.seen.push(reason as string));
    on("connect", () => {});
  }
}

interface Attempt {
  readonly accounts: RecordingAccounts;
  readonly credentials: { readonly username?: string; readonly password: string };
  /** What the person sees, one thing after the other. */
  readonly seen: readonly string[];
}

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  "with the right password": {
    accounts: new RecordingAccounts("", "more than 8 bytes: ünï"),
    credentials: { password: "more than 8 bytes: ünï" },
    seen: ["serververification", "credentialsrequired", "password", "connect"],
  },
  "with a wrong password": {
    accounts: new RecordingAccounts("", "secret"),
    credentials: { password: "Secret" },
    seen: [
      ...["serververification", "credentialsrequired", "password"],
      ...["securityfailure", "wrong password"],
    ],
  },
  "with the right name and password": {
    accounts: new RecordingAccounts("zoë", "secret"),
    credentials: { username: "zoë", password: "secret" },
    seen: ["serververification", "credentialsrequired", "username", "password", "connect"],
  },
  "with a wrong name": {
    accounts: new RecordingAccounts("zoë", "secret"),
    credentials: { username: "joe", password: "secret" },
    seen: [
      ...["serververification", "credentialsrequired", "username", "password"],
      ...["securityfailure", "wrong name or password"],
    ],
  },
};

for (const [how, { accounts, credentials, seen }] of Object.entries(ATTEMPTS)) {
  Deno.test(`noVNC logs in by RA2ne ${how}`, async () => {
    const type = new RsaAes(RSA_AES_VARIANTS.ra2ne, SERVER_KEY, new Gate(accounts));
    await using session = new Session({ securityTypes: [type] });
    const [server, client] = connectionPair();
    const served = session.server.serve(server);
    const viewer = new NoVnc((bytes) => void client.write(bytes));
    const person = new Person(viewer, credentials);
    while (person.seen.length < seen.length) {
      const bytes = await client.read();
      if (bytes === null) break;
      try {
        viewer.receive(bytes);
      } catch {
        // It gave up, and told the person why.
        break;
      }
      await turn();
    }
    assertEquals(person.seen, seen);
    assertEquals(person.fingerprint, fingerprintOf(SERVER_KEY));
    assertEquals(accounts.tried, [{
      name: credentials.username ?? "",
      password: credentials.password,
    }]);
    client.close();
    await served;
  });
}
