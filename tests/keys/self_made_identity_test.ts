import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { KeyStore } from "../../src/security/keys/key_store.ts";
import { KeyFileError } from "../../src/security/keys/pem.ts";
import { SelfMadeIdentity } from "../../src/security/keys/self_made_identity.ts";
import { openssl, Place } from "./place.ts";

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 0, 1);
const KEY = "certificate_key.pem";
const CERTIFICATE = "certificate.pem";

const names = { hostname: "desk", addresses: ["127.0.0.1", "::1"] };

/** Opens the identity of a place, at a time that the test sets. */
function open(place: Place, clock: { now: number }): Promise<SelfMadeIdentity> {
  return SelfMadeIdentity.open({
    store: new KeyStore(place.directory, place.log),
    log: place.log,
    names,
    now: () => clock.now,
  });
}

const kept = (place: Place) => new X509Certificate(place.read(CERTIFICATE));

Deno.test("key and certificate are made once, for their owner's eyes only", async () => {
  using place = new Place();
  const first = await open(place, { now: START });
  assertEquals([place.mode, place.modes()], ["700", { [CERTIFICATE]: "600", [KEY]: "600" }]);
  const second = await open(place, { now: START + 100 * DAY });
  assertEquals(second.fingerprints, first.fingerprints);
  assertEquals(place.said, []);
  assertEquals(kept(place).subjectAltName?.split(", ").length, 4);
});

Deno.test("fingerprints are what openssl prints", async () => {
  using place = new Place();
  const { fingerprints } = await open(place, { now: START });
  const file = place.path(CERTIFICATE);
  const said = await openssl("x509", "-in", file, "-noout", "-fingerprint", "-sha256");
  assertEquals(said.trim().split("=")[1], fingerprints.certificate);
  const publicKey = place.path("public.pem");
  const der = place.path("public.der");
  await openssl("x509", "-in", file, "-noout", "-pubkey", "-out", publicKey);
  await openssl("pkey", "-pubin", "-in", publicKey, "-outform", "DER", "-out", der);
  const digest = new Uint8Array(
    await crypto.subtle.digest("SHA-256", await Deno.readFile(der)),
  );
  assertEquals(digest.toBase64(), fingerprints.publicKey);
});

Deno.test("a certificate is renewed with the same key while vncd runs", async () => {
  using place = new Place();
  const clock = { now: START };
  const identity = await open(place, clock);
  const [before, context] = [identity.fingerprints, await identity.secureContext("TLSv1.3")];
  // It ends 396 days after the start.
  clock.now = START + 365 * DAY;
  assertEquals(await identity.secureContext("TLSv1.3"), context);
  clock.now = START + 367 * DAY;
  const contexts = await Promise.all([
    identity.secureContext("TLSv1.3"),
    identity.secureContext("TLSv1.3"),
  ]);
  assertNotEquals(identity.fingerprints.certificate, before.certificate);
  assertEquals(identity.fingerprints.publicKey, before.publicKey);
  assert(contexts[0] !== context && contexts[0] === contexts[1]);
  assertEquals(Date.parse(kept(place).validTo), clock.now + 396 * DAY);
  assertEquals(kept(place).fingerprint256, identity.fingerprints.certificate);
  assertEquals(place.said.length, 1);
  assertMatch(place.said[0]!, /^info: the certificate was about to end; .* SHA-256 [0-9A-F:]{95}$/);
});

Deno.test("a certificate that another vncd has renewed is taken from it", async () => {
  using place = new Place();
  const clock = { now: START };
  const [one, other] = [await open(place, clock), await open(place, clock)];
  clock.now = START + 380 * DAY;
  await one.secureContext("TLSv1.3");
  await other.secureContext("TLSv1.3");
  assertEquals(one.fingerprints, other.fingerprints);
});

Deno.test("a certificate is renewed at the start, when it ends soon or isn't valid yet", async () => {
  for (const now of [START + 367 * DAY, START + 1000 * DAY, START - 100 * DAY]) {
    using place = new Place();
    const before = await open(place, { now: START });
    const after = await open(place, { now });
    assertNotEquals(after.fingerprints.certificate, before.fingerprints.certificate);
    assertEquals(after.fingerprints.publicKey, before.fingerprints.publicKey);
    assertEquals(Date.parse(kept(place).validTo), now + 396 * DAY);
  }
});

Deno.test("a certificate that isn't its key's, or none, is made anew", async () => {
  using place = new Place();
  const before = await open(place, { now: START });
  Deno.removeSync(place.path(KEY));
  const other = await open(place, { now: START });
  assertNotEquals(other.fingerprints.publicKey, before.fingerprints.publicKey);
  place.write(CERTIFICATE, "nonsense");
  const third = await open(place, { now: START });
  assertEquals(third.fingerprints.publicKey, other.fingerprints.publicKey);
  assertEquals(place.said, [
    `warn: can't use ${place.path(CERTIFICATE)}: it holds no certificate in PEM, ` +
    "so there will be another",
  ]);
});

Deno.test("a kept key that can't be used is an error, and stays", async () => {
  using place = new Place();
  place.write(KEY, "nonsense");
  const { message } = await assertRejects(() => open(place, { now: START }), KeyFileError);
  assertEquals(
    message,
    `can't use ${place.path(KEY)}: it holds no private key in PEM; ` +
      "move it away to have a new one made",
  );
  assertEquals(place.read(KEY), "nonsense");
});

Deno.test("a certificate that can't be renewed is used until it ends", async () => {
  using place = new Place();
  const clock = { now: START };
  let fails = false;
  const identity = await SelfMadeIdentity.open({
    store: new KeyStore(place.directory, place.log),
    log: place.log,
    get names() {
      if (fails) throw new Error("no names");
      return names;
    },
    now: () => clock.now,
  });
  const context = await identity.secureContext("TLSv1.3");
  fails = true;
  clock.now = START + 380 * DAY;
  assert(await identity.secureContext("TLSv1.3") === context);
  assert(await identity.secureContext("TLSv1.3") === context);
  assertEquals(place.said, ["warn: the certificate can't be renewed: no names"]);
  // It ends 396 days after the start.
  clock.now = START + 397 * DAY;
  await assertRejects(() => identity.secureContext("TLSv1.3"), Error, "no names");
  fails = false;
  assert(await identity.secureContext("TLSv1.3") !== context);
});

Deno.test("what can't be kept is used till the end, and renewed too", async () => {
  using place = new Place();
  const clock = { now: START };
  const store = new KeyStore(undefined, place.log);
  const identity = await SelfMadeIdentity.open({
    ...{ store, names, log: place.log },
    now: () => clock.now,
  });
  const before = identity.fingerprints;
  clock.now += 380 * DAY;
  await identity.secureContext("TLSv1.3");
  assertNotEquals(identity.fingerprints.certificate, before.certificate);
  assertEquals(identity.fingerprints.publicKey, before.publicKey);
  assertEquals(place.said.filter((line) => line.startsWith("warn")).length, 1);
});
