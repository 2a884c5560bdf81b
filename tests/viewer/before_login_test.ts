import { assert } from "@std/assert";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { everySecurityType, STAGES } from "../support/before_login.ts";
import { patientGate } from "../support/gate.ts";
import { largestArray } from "../support/largest_array.ts";
import { Random } from "../support/random.ts";
import { Session, turn } from "../support/session.ts";

// What somebody without a password can do, at every place where a security type waits for bytes.

/** A session that offers everything, to viewers on this machine. */
function open(): Session {
  const gate = patientGate(new SharedPasswords({ full: new TextEncoder().encode("secret") }));
  return new Session({ securityTypes: everySecurityType(gate), gate, maxViewers: 100 });
}

const connect = (session: Session) => session.connect(undefined, "127.0.0.1");

function assertNoFault(session: Session): void {
  assert(!session.logged("fault"), session.log.find((line) => line.includes("fault")));
}

async function untilGone(session: Session, count: number): Promise<void> {
  const gone = () => session.log.filter((line) => /: (gone|closed|refused)/.test(line)).length;
  for (let i = 0; i < 1000 && gone() < count; i++) await turn();
  assert(gone() >= count, `${gone()} of ${count} are gone`);
}

for (const [security, stages] of Object.entries(STAGES)) {
  for (const { name, reach, length, isSlow } of stages) {
    if (length !== undefined) {
      Deno.test(`${security}: a length that nothing has is not waited for, nor room made: ${name}`, async () => {
        await using session = open();
        const viewer = connect(session);
        await reach(viewer);
        const largest = await largestArray(async () => {
          await viewer.send(length);
          // Though nothing follows.
          await untilGone(session, 1);
        });
        assert(largest <= 64 * 1024, `${largest} bytes`);
        assertNoFault(session);
      });
    }

    const rounds = isSlow ? 3 : 30;
    Deno.test(`${security}: random bytes are no fault of vncd: ${name}`, async () => {
      await using session = open();
      for (let seed = 1; seed <= rounds; seed++) {
        const random = new Random(seed);
        const viewer = connect(session);
        await reach(viewer);
        const bytes = Array.from({ length: random.below(600) }, () => random.below(256));
        await viewer.send(bytes).catch(() => {});
        viewer.close();
      }
      await untilGone(session, rounds);
      assertNoFault(session);
    });

    Deno.test(`${security}: who leaves leaves nothing behind: ${name}`, async () => {
      await using session = open();
      const viewer = connect(session);
      await reach(viewer);
      viewer.close();
      await untilGone(session, 1);
      assertNoFault(session);
    });
  }
}
