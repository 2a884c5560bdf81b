import { assert, assertEquals } from "@std/assert";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { Tight } from "../../src/security/tight.ts";
import { u32 } from "../support/bytes.ts";
import { Random } from "../support/random.ts";
import { Session } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { readTightOffer } from "../support/tight.ts";

/** A type that notes when it is asked, and lets anybody in. */
function type(id: number, asked: number[], isThere = true): SecurityType {
  return {
    id,
    alwaysHasResult: true,
    isFor: () => isThere,
    authenticate: () => {
      asked.push(id);
      return Promise.resolve({ rights: ALL_RIGHTS });
    },
  };
}

/** Types with numbers at random, half of which aren't for any connection. */
function randomTypes(random: Random, asked: number[]) {
  const ids = Array.from({ length: 2 + random.below(8) }, () => 1 + random.below(255));
  // One at least is offered.
  const types = [...new Set(ids)].map((id, i) => ({ id, isThere: i === 0 || random.below(2) > 0 }));
  return {
    types: types.map(({ id, isThere }) => type(id, asked, isThere)),
    offered: types.filter(({ isThere }) => isThere).map(({ id }) => id),
    withheld: types.filter(({ isThere }) => !isThere).map(({ id }) => id),
  };
}

/** Choices worth trying: what is configured and not offered, and others at random. */
function choices(random: Random, withheld: readonly number[], most: number): number[] {
  return [...withheld, 0, 255, ...Array.from({ length: 20 }, () => random.below(most))];
}

async function greet(viewer: TestViewer, version: string): Promise<void> {
  await viewer.read(12);
  await viewer.send([...new TextEncoder().encode(`RFB ${version}\n`)]);
}

/** Whether the SecurityResult that follows says OK. */
async function isLetIn(viewer: TestViewer): Promise<boolean> {
  return (await viewer.read(4)).every((byte) => byte === 0);
}

for (const version of ["003.007", "003.008"]) {
  Deno.test(`version ${version}: just what is in the list can be chosen`, async () => {
    const random = new Random(1);
    for (let round = 0; round < 10; round++) {
      const asked: number[] = [];
      const { types, offered, withheld } = randomTypes(random, asked);
      await using session = new Session({ securityTypes: types });
      for (const choice of [...offered, ...choices(random, withheld, 256)]) {
        const viewer = session.connect();
        await greet(viewer, version);
        const list = [...await viewer.read((await viewer.read(1))[0]!)];
        assertEquals(list, offered);
        asked.length = 0;
        await viewer.write(choice);
        const isOffered = offered.includes(choice);
        assertEquals([await isLetIn(viewer), [...asked]], [isOffered, isOffered ? [choice] : []]);
        viewer.close();
      }
    }
  });
}

Deno.test("inside Tight: just what is in the list can be chosen", async () => {
  const random = new Random(2);
  for (let round = 0; round < 10; round++) {
    const asked: number[] = [];
    const { types, offered, withheld } = randomTypes(random, asked);
    const inside = types.map((type) => ({
      capability: { code: type.id, vendor: "TEST", signature: "________" },
      type,
    }));
    // A list with None alone would be empty.
    if (offered.join() === "1") continue;
    // Beside Tight those that aren't for its list can be had; inside of it they can't.
    const beside = withheld.filter((id) => id !== 16).map((id) => type(id, asked));
    await using session = new Session({ securityTypes: [new Tight(inside), ...beside] });
    for (const choice of [...offered, ...choices(random, withheld, 2 ** 32)]) {
      const viewer = session.connect();
      await greet(viewer, "003.008");
      await viewer.read((await viewer.read(1))[0]!);
      await viewer.write(16);
      const list = await readTightOffer(viewer);
      assertEquals(list, offered.map((id) => `${id} TEST________`));
      asked.length = 0;
      await viewer.write(...u32(choice));
      const isOffered = offered.includes(choice);
      assertEquals([await isLetIn(viewer), [...asked]], [isOffered, isOffered ? [choice] : []]);
      viewer.close();
    }
  }
});

Deno.test("version 3.3: the server chooses, whatever the viewer says", async () => {
  const asked: number[] = [];
  const types = [type(30, asked), type(2, asked, false), type(1, asked), type(16, asked)];
  await using session = new Session({ securityTypes: types });
  for (const said of [0, 1, 2, 16, 30]) {
    const viewer = session.connect();
    await greet(viewer, "003.003");
    assertEquals([...await viewer.read(4)], [0, 0, 0, 1]);
    await viewer.write(said);
    assert(await isLetIn(viewer));
    viewer.close();
  }
  assertEquals(asked, [1, 1, 1, 1, 1]);
});

Deno.test("version 3.3: who can be offered nothing is told so, and nothing is asked", async () => {
  const asked: number[] = [];
  const types = [type(30, asked), type(2, asked, false), type(16, asked)];
  await using session = new Session({ securityTypes: types });
  const viewer = session.connect();
  await greet(viewer, "003.003");
  assertEquals([...await viewer.read(4)], [0, 0, 0, 0]);
  const reason = await viewer.read((await viewer.read(4))[3]!);
  assert(new TextDecoder().decode(reason).includes("too old"));
  assert(await viewer.closed());
  assertEquals(asked, []);
});

Deno.test("version 3.8: a list with nothing in it for this connection says why", async () => {
  const asked: number[] = [];
  await using session = new Session({
    securityTypes: [type(2, asked, false), type(1, asked, false)],
  });
  const viewer = session.connect();
  await greet(viewer, "003.008");
  assertEquals([...await viewer.read(1)], [0]);
  const reason = await viewer.read((await viewer.read(4))[3]!);
  assert(new TextDecoder().decode(reason).includes("not possible on this connection"));
  assertEquals(asked, []);
});
