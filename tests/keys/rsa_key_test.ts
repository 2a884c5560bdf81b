import { assert, assertEquals, assertRejects } from "@std/assert";
import { generateKeyPairSync } from "node:crypto";
import { KeyStore } from "../../src/security/keys/key_store.ts";
import { KeyFileError } from "../../src/security/keys/pem.ts";
import { rsaKey } from "../../src/security/keys/rsa_key.ts";
import { pemOf } from "../../src/security/keys/tls_identity.ts";
import { openssl, Place } from "./place.ts";

const FILE = "rsa_key.pem";

Deno.test("the RSA key is made once, for its owner's eyes only", async () => {
  using place = new Place();
  const first = await rsaKey(new KeyStore(place.directory, place.log));
  assertEquals(first.asymmetricKeyDetails?.modulusLength, 3072);
  assertEquals([place.mode, place.modes()], ["700", { [FILE]: "600" }]);
  const second = await rsaKey(new KeyStore(place.directory, place.log));
  assertEquals(pemOf(second), pemOf(first));
  assertEquals(place.said, []);
  assert((await openssl("pkey", "-in", place.path(FILE), "-check", "-noout")).includes("is valid"));
});

Deno.test("a key that others can read is used, with a warning", async () => {
  using place = new Place();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  place.write(FILE, pemOf(privateKey));
  Deno.chmodSync(place.path(FILE), 0o644);
  assertEquals(
    pemOf(await rsaKey(new KeyStore(place.directory, place.log))),
    pemOf(privateKey),
  );
  const file = place.path(FILE);
  assertEquals(place.said, [
    `warn: other users of this machine can get at ${file}; protect it: chmod 600 ${file}`,
  ]);
});

for (
  const [name, content, reason] of [
    ["no key", "nonsense", "it holds no private key in PEM"],
    [
      "a weak one",
      pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey),
      "its key isn't RSA with 2048 to 4096 bits",
    ],
    [
      "of another kind",
      pemOf(generateKeyPairSync("ed25519").privateKey),
      "its key isn't RSA with 2048 to 4096 bits",
    ],
    ["too large", "x".repeat(100_000), "it is too large to be one"],
  ] as const
) {
  Deno.test(`a kept key that is ${name} is an error, and stays`, async () => {
    using place = new Place();
    place.write(FILE, content);
    const store = new KeyStore(place.directory, place.log);
    const { message } = await assertRejects(() => rsaKey(store), KeyFileError);
    assertEquals(
      message,
      `can't use ${place.path(FILE)}: ${reason}; move it away to have a new one made`,
    );
    assertEquals(place.read(FILE), content);
    assertEquals(place.said, []);
  });
}

Deno.test("a kept key that can't be read is an error, and stays", async () => {
  using place = new Place();
  place.write("elsewhere", "");
  Deno.symlinkSync(FILE, place.path(FILE));
  const store = new KeyStore(place.directory, place.log);
  await assertRejects(() => rsaKey(store), KeyFileError, "Too many levels of symbolic links; move");
  assert(Deno.lstatSync(place.path(FILE)).isSymlink);
});

Deno.test("without a directory the key is new at each start, with a warning", async () => {
  using place = new Place();
  const first = await rsaKey(new KeyStore(undefined, place.log));
  assertEquals(first.asymmetricKeyType, "rsa");
  assertEquals(place.said, [
    "warn: vncd's keys are new at each start, so viewers can't recognise this machine: there is no home directory to keep them in",
  ]);
});

Deno.test("where nothing can be written there is one warning, and a key", async () => {
  using place = new Place();
  // Below a file there can't be a folder, whoever asks.
  place.write("file", "");
  const store = new KeyStore(place.path("file/vncd"), place.log);
  const key = await rsaKey(store);
  assertEquals(key.asymmetricKeyType, "rsa");
  store.save("another", "");
  const complaints = place.said.filter((line) => line.includes("new at each start"));
  assertEquals(complaints.length, 1, place.said.join("\n"));
  assert(complaints[0]!.includes(`can't write ${place.path("file/vncd/rsa_key.pem")}: `));
  assert(!complaints[0]!.includes("os error"));
});
