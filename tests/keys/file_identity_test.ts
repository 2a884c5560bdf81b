import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { FileIdentity } from "../../src/security/keys/file_identity.ts";
import { KeyFileError } from "../../src/security/keys/pem.ts";
import { pemOf } from "../../src/security/keys/tls_identity.ts";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { makePipe } from "../support/pipe.ts";
import { openssl, Place } from "./place.ts";

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 5, 1);

/** A certificate and its key, as the text of their files. */
async function pair(from = NOW): Promise<{ certificate: string; key: string }> {
  const key = makeCertificateKey();
  const certificate = await makeCertificate(key, { hostname: "desk", addresses: [] }, from);
  return { certificate: certificate.toString(), key: pemOf(key) };
}

let writes = 0;

/** Writes a file so that its modification time is another than before. */
function renew(place: Place, name: string, text: string): void {
  place.write(name, text);
  const time = new Date(NOW + ++writes * 1000);
  Deno.utimeSync(place.path(name), time, time);
}

function open(place: Place, now = NOW): FileIdentity {
  return new FileIdentity({
    certificateFile: place.path("cert.pem"),
    keyFile: place.path("key.pem"),
    log: place.log,
    now: () => now,
  });
}

/** A place with files that can be used. */
async function prepared(): Promise<{ place: Place; certificate: string; key: string }> {
  const place = new Place();
  const { certificate, key } = await pair();
  renew(place, "cert.pem", certificate);
  renew(place, "key.pem", key);
  return { place, certificate, key };
}

Deno.test("a certificate comes from files, with a chain too, and nothing is said", async () => {
  const { place, certificate } = await prepared();
  using _ = place;
  const { fingerprints } = open(place);
  const file = place.path("cert.pem");
  const said = await openssl("x509", "-in", file, "-noout", "-fingerprint", "-sha256");
  assertEquals(said.trim().split("=")[1], fingerprints.certificate);
  renew(place, "cert.pem", `${certificate}\n${(await pair()).certificate}`);
  assertEquals(open(place).fingerprints, fingerprints);
  assertEquals(place.said, []);
});

for (
  const [name, spoil, message] of [
    [
      "no certificate file",
      (place: Place) => Deno.removeSync(place.path("cert.pem")),
      "can't use certificate file DIR/cert.pem: there is no such file",
    ],
    [
      "no key file",
      (place: Place) => Deno.removeSync(place.path("key.pem")),
      "can't use key file DIR/key.pem: there is no such file",
    ],
    [
      "a folder for a file",
      (place: Place) => {
        Deno.removeSync(place.path("key.pem"));
        Deno.mkdirSync(place.path("key.pem"));
      },
      "can't use key file DIR/key.pem: it is a directory",
    ],
    [
      "a pipe for a file",
      (place: Place) => {
        Deno.removeSync(place.path("key.pem"));
        makePipe(place.path("key.pem"));
      },
      "can't use key file DIR/key.pem: it is a pipe or a device",
    ],
    [
      "a file that nobody may open",
      (place: Place) => {
        Deno.removeSync(place.path("key.pem"));
        Deno.symlinkSync("key.pem", place.path("key.pem"));
      },
      "can't use key file DIR/key.pem: Too many levels of symbolic links",
    ],
    [
      "a certificate in DER",
      (place: Place) => place.write("cert.pem", "\x30\x82"),
      "can't use certificate file DIR/cert.pem: it holds no certificate in PEM",
    ],
    [
      "a damaged certificate",
      (place: Place) => place.write("cert.pem", place.read("cert.pem").replace(/M/, "AAAA")),
      "can't use certificate file DIR/cert.pem: a certificate in it is damaged",
    ],
    [
      "a certificate for a key",
      (place: Place) => place.write("key.pem", place.read("cert.pem")),
      "can't use key file DIR/key.pem: it holds no private key in PEM",
    ],
    [
      "an encrypted key",
      (place: Place) =>
        place.write("key.pem", place.read("key.pem").replaceAll("PRIVATE", "ENCRYPTED PRIVATE")),
      "can't use key file DIR/key.pem: its key is encrypted; " +
      "decrypt it: openssl pkey -in FILE -out NEW-FILE",
    ],
    [
      "another key",
      (place: Place) => place.write("key.pem", pemOf(makeCertificateKey())),
      "the key in DIR/key.pem isn't that of the certificate in DIR/cert.pem",
    ],
  ] as const
) {
  Deno.test(`${name} is a clear error`, async () => {
    const { place } = await prepared();
    using _ = place;
    spoil(place);
    const error = assertThrows(() => open(place), KeyFileError);
    assertEquals(error.message.replaceAll(place.directory, "DIR"), message);
  });
}

Deno.test("a certificate that isn't valid, and a key for all to read, are warned of", async () => {
  const { place } = await prepared();
  using _ = place;
  const said = (now: number) => {
    place.said.length = 0;
    open(place, now);
    return place.said.map((line) => line.replaceAll(place.directory, "DIR"));
  };
  assertEquals(said(NOW + 397 * DAY), [
    "warn: the certificate in DIR/cert.pem has expired: it was valid until Jul  2 00:00:00 2027 GMT",
  ]);
  assertEquals(said(NOW - 2 * DAY), [
    "warn: the certificate in DIR/cert.pem isn't valid yet, only from May 31 00:00:00 2026 GMT on",
  ]);
  Deno.chmodSync(place.path("key.pem"), 0o640);
  assertEquals(said(NOW), [
    "warn: other users of this machine can get at DIR/key.pem; protect it: chmod 600 DIR/key.pem",
  ]);
});

Deno.test("renewed files are used from the next handshake on", async () => {
  const { place } = await prepared();
  using _ = place;
  const identity = open(place);
  const [first, before] = [await identity.secureContext("TLSv1.3"), identity.fingerprints];
  assertEquals(await identity.secureContext("TLSv1.3"), first);
  const next = await pair();
  // One file after the other, as certbot does: in between they don't fit.
  renew(place, "cert.pem", next.certificate);
  assert(await identity.secureContext("TLSv1.3") === first);
  assertEquals(identity.fingerprints, before);
  assertEquals(place.said.length, 1);
  assert(place.said[0]!.startsWith("warn: the former certificate stays in use: the key in "));
  // It is said once.
  await identity.secureContext("TLSv1.3");
  assertEquals(place.said.length, 1);
  renew(place, "key.pem", next.key);
  assert(await identity.secureContext("TLSv1.3") !== first);
  assertNotEquals(identity.fingerprints.certificate, before.certificate);
  assertEquals(
    place.said[1]!.split("; ").at(-1),
    `the new certificate is SHA-256 ${identity.fingerprints.certificate}`,
  );
});

Deno.test("files are read again that were replaced, as long, of the same time", async () => {
  using place = new Place();
  const time = new Date(NOW);
  // As a program does that wants nobody to find half of it.
  const replace = (name: string, text: string) => {
    place.write("draft", text.padEnd(2000, "\n"));
    Deno.utimeSync(place.path("draft"), time, time);
    Deno.renameSync(place.path("draft"), place.path(name));
  };
  const [first, next] = [await pair(), await pair()];
  replace("cert.pem", first.certificate);
  replace("key.pem", first.key);
  const identity = open(place);
  const before = identity.fingerprints;
  replace("cert.pem", next.certificate);
  replace("key.pem", next.key);
  await identity.secureContext("TLSv1.3");
  assertNotEquals(identity.fingerprints, before);
});

Deno.test("files that go away leave the certificate in use", async () => {
  const { place, key } = await prepared();
  using _ = place;
  const identity = open(place);
  const first = await identity.secureContext("TLSv1.3");
  Deno.removeSync(place.path("key.pem"));
  assert(await identity.secureContext("TLSv1.3") === first);
  assert(place.said[0]!.includes("there is no such file"));
  renew(place, "key.pem", key);
  await identity.secureContext("TLSv1.3");
  assert(place.said[1]!.startsWith("info: "));
});
