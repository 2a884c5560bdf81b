// vncd's own keys and those of an administrator, through its command line.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
} from "node:crypto";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { concat, u32 } from "../support/bytes.ts";
import { certificateOf } from "../support/certificate_of.ts";
import { until } from "../support/until.ts";
import { DEMO, VncdHome } from "../support/vncd_home.ts";

const DAY = 24 * 3600 * 1000;
/** From its beginning to its end. */
const VALIDITY = 397 * DAY;
/** How long before its end it is replaced. */
const RENEWAL = 30 * DAY;

const NAMES = { hostname: "vncd.example", addresses: [] };
const FILES = ["certificate.pem", "certificate_key.pem", "rsa_key.pem"];

/** A home, and the place in it where vncd keeps its keys. */
class KeyHome extends VncdHome {
  readonly folder = `${this.path}/my state/vncd`;
  override readonly env: Record<string, string> = {
    HOME: this.path,
    XDG_STATE_HOME: `${this.path}/my state`,
  };

  files(): Record<string, string> {
    const names = [...Deno.readDirSync(this.folder)].map(({ name }) => name).sort();
    return Object.fromEntries(names.map((name) => [name, this.read(name)]));
  }

  read(name: string): string {
    return Deno.readTextFileSync(`${this.folder}/${name}`);
  }

  keep(name: string, text: string): void {
    Deno.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(`${this.folder}/${name}`, text, { mode: 0o600 });
  }

  /** Starts vncd and ends it. */
  async once(...args: readonly string[]): Promise<{ banner: string; log: string }> {
    await using vncd = await this.start(...args);
    return { banner: vncd.banner, log: (await vncd.end()).log };
  }
}

/** What a banner says of the keys. */
const rsaIn = (banner: string) => banner.match(/RSA key +(\S+)/)?.[1];
const certificateIn = (banner: string) =>
  banner.match(/Certificate +SHA-256 (\S+)\n +(\S+)/)?.slice(1).join("");

/** What viewers show of an RSA key: the first bytes of SHA-1 of what the server sends. */
function rsaFingerprint(pem: string): string {
  const { n, e } = createPublicKey(pem).export({ format: "jwk" });
  const modulus = Uint8Array.fromBase64(n!, { alphabet: "base64url" });
  const exponent = Uint8Array.fromBase64(e!, { alphabet: "base64url" });
  const filling = new Uint8Array(modulus.length - exponent.length);
  const sent = concat(Uint8Array.from(u32(modulus.length * 8)), modulus, filling, exponent);
  const digest = createHash("sha1").update(sent).digest("hex");
  return digest.slice(0, 16).match(/../g)!.join("-");
}

/** What viewers with GnuTLS show of a certificate. */
function pin(certificate: string): string {
  const { publicKey } = new X509Certificate(certificate);
  const form = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(form).digest("base64");
}

async function opensslFingerprint(file: string): Promise<string> {
  const { stdout } = await new Deno.Command("openssl", {
    args: ["x509", "-in", file, "-noout", "-fingerprint", "-sha256"],
  }).output();
  return new TextDecoder().decode(stdout).trim().split("=")[1]!;
}

const publicKeyOf = (certificate: string) =>
  new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" });

Deno.test("the first start makes keys for the owner alone, and prints how to recognise them", async () => {
  using home = new KeyHome();
  const { banner, log } = await home.once();
  assertEquals(Object.keys(home.files()), FILES);
  const modes = ["", ...FILES].map((name) => Deno.statSync(`${home.folder}/${name}`).mode! & 0o777);
  assertEquals(modes, [0o700, 0o600, 0o600, 0o600]);
  assertEquals(rsaIn(banner), rsaFingerprint(home.read("rsa_key.pem")));
  assertEquals(
    certificateIn(banner),
    await opensslFingerprint(`${home.folder}/certificate.pem`),
  );
  assertStringIncludes(banner, ` pin-sha256:${pin(home.read("certificate.pem"))}\n`);
  assertEquals(log.includes("warn"), false, log);
});

Deno.test("every further start has the same keys", async () => {
  using home = new KeyHome();
  const first = await home.once();
  const files = home.files();
  const second = await home.once();
  assertEquals(home.files(), files);
  for (const find of [rsaIn, certificateIn]) {
    assert(find(first.banner) !== undefined);
    assertEquals(find(second.banner), find(first.banner));
  }
});

Deno.test("keys that nobody needs aren't made", async () => {
  const needed: Record<string, string[]> = {
    "vnc": [],
    "apple,plain": [],
    "ra2": ["rsa_key.pem"],
    "x509plain": ["certificate.pem", "certificate_key.pem"],
  };
  for (const [security, files] of Object.entries(needed)) {
    using home = new KeyHome();
    home.keep("other", "");
    const { banner } = await home.once("--no-web", "--security", security);
    assertEquals(Object.keys(home.files()), [...files, "other"].sort());
    assertEquals(banner.includes("RSA key"), files.includes("rsa_key.pem"));
    assertEquals(banner.includes("Certificate"), files.includes("certificate.pem"));
  }
});

Deno.test("a kept key of no use ends vncd with one line, and stays", async () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  const pem = weak.export({ type: "pkcs8", format: "pem" }) as string;
  const damaged = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  const useless: [string, string, string][] = [
    ["rsa_key.pem", "", "it holds no private key in PEM"],
    ["rsa_key.pem", damaged, "its key is damaged, or of an unknown kind"],
    ["rsa_key.pem", pem, "its key isn't RSA with 2048 to 4096 bits"],
    ["certificate_key.pem", pem, "its key isn't on the curve P-256"],
  ];
  for (const [name, text, reason] of useless) {
    using home = new KeyHome();
    home.keep(name, text);
    const { code, stdout, stderr } = await home.run(DEMO);
    const line = `vncd: can't use ${home.folder}/${name}: ${reason}; ` +
      "move it away to have a new one made\n";
    assertEquals([code, stdout, stderr], [1, "", line]);
    assertEquals(home.read(name), text);
  }
});

Deno.test("a kept certificate of no use is one warning, and there is another", async () => {
  const useless: [string, RegExp][] = [
    ["nothing", /it holds no certificate in PEM/],
    ["x".repeat(100_000), /it is too large to be one/],
  ];
  for (const [text, reason] of useless) {
    using home = new KeyHome();
    home.keep("certificate.pem", text);
    const { log } = await home.once("--security", "x509plain");
    const warnings = log.split("\n").filter((line) => line.includes(" warn "));
    assertEquals(warnings.length, 1, log);
    assertStringIncludes(warnings[0]!, `can't use ${home.folder}/certificate.pem: `);
    assertMatch(warnings[0]!, reason);
    assert(home.read("certificate.pem") !== text);
    assertEquals((await home.once("--security", "x509plain")).log.includes(" warn "), false);
  }
});

Deno.test("another machine's certificate isn't used with a key that it isn't of", async () => {
  using home = new KeyHome();
  await home.once("--security", "x509plain");
  const foreign = await makeCertificate(makeCertificateKey(), NAMES, Date.now());
  home.keep("certificate.pem", foreign.toString());
  const key = createPrivateKey(home.read("certificate_key.pem"));
  const { banner } = await home.once("--security", "x509plain");
  const certificate = new X509Certificate(home.read("certificate.pem"));
  assert(certificate.checkPrivateKey(key));
  assertEquals(certificateIn(banner), certificate.fingerprint256);
});

Deno.test("a key that others can read is a warning that says what to do", async () => {
  using home = new KeyHome();
  await home.once("--security", "ra2");
  Deno.chmodSync(`${home.folder}/rsa_key.pem`, 0o644);
  const { log } = await home.once("--security", "ra2");
  assertStringIncludes(log, `chmod 600 ${home.folder}/rsa_key.pem`);
});

Deno.test("without a place for keys, vncd says what that means, once, and runs", async () => {
  using home = new KeyHome();
  const nowhere: Record<string, string>[] = [
    {},
    { HOME: "" },
    { HOME: "relative" },
    { HOME: "/dev/null" },
    { XDG_STATE_HOME: home.write("file", "") },
  ];
  for (const env of nowhere) {
    Object.assign(home.env, { HOME: "", XDG_STATE_HOME: "" }, env);
    const { banner, log } = await home.once();
    assert(rsaIn(banner) !== undefined && certificateIn(banner) !== undefined);
    assertEquals(log.match(/vncd's keys are new at each start/g)?.length, 1, log);
  }
});

Deno.test("a certificate near its end is replaced at the start, by one of the same key", async () => {
  using home = new KeyHome();
  const key = makeCertificateKey();
  home.keep("certificate_key.pem", key.export({ type: "pkcs8", format: "pem" }) as string);
  const old = await makeCertificate(key, NAMES, Date.now() - (VALIDITY - RENEWAL));
  home.keep("certificate.pem", old.toString());
  const { banner } = await home.once("--security", "x509plain");
  const kept = new X509Certificate(home.read("certificate.pem"));
  assert(kept.fingerprint256 !== old.fingerprint256);
  assertEquals(certificateIn(banner), kept.fingerprint256);
  assertEquals(publicKeyOf(kept.toString()), publicKeyOf(old.toString()));
  assert(Date.parse(kept.validTo) > Date.now() + 390 * DAY);
});

Deno.test("a certificate that comes near its end while vncd runs is replaced", async () => {
  using home = new KeyHome();
  const key = makeCertificateKey();
  home.keep("certificate_key.pem", key.export({ type: "pkcs8", format: "pem" }) as string);
  // It begins a day before the time that it is made for.
  const until30days = Date.now() + 5000 - (VALIDITY - RENEWAL - DAY);
  const old = await makeCertificate(key, NAMES, until30days);
  home.keep("certificate.pem", old.toString());
  await using vncd = await home.start("--security", "x509none", "--listen", "127.0.0.1");
  assertEquals(certificateIn(vncd.banner), old.fingerprint256);
  const renewed = await until("another certificate", async () => {
    const certificate = await certificateOf(vncd.port);
    return certificate.fingerprint256 === old.fingerprint256 ? undefined : certificate;
  });
  assertEquals(publicKeyOf(renewed.toString()), publicKeyOf(old.toString()));
  assertEquals(
    renewed.fingerprint256,
    new X509Certificate(home.read("certificate.pem")).fingerprint256,
  );
  assertStringIncludes((await vncd.end()).log, `the new one is SHA-256 ${renewed.fingerprint256}`);
});

/** An administrator's own certificate and its key. */
async function ownCertificate(home: VncdHome) {
  const key = makeCertificateKey();
  const pem = key.export({ type: "pkcs8", format: "pem" }) as string;
  const certificate = await makeCertificate(key, NAMES, Date.now());
  return {
    pem,
    certificate,
    cert: home.write("own.pem", certificate.toString()),
    key: home.write("own.key", pem),
  };
}

Deno.test("an own certificate is what viewers get and the banner prints", async () => {
  using home = new KeyHome();
  const own = await ownCertificate(home);
  const args = ["--cert", own.cert, "--key", own.key, "--security", "x509none"];
  await using vncd = await home.start(...args);
  assertEquals(certificateIn(vncd.banner), own.certificate.fingerprint256);
  assertEquals((await certificateOf(vncd.port)).fingerprint256, own.certificate.fingerprint256);
  assertEquals((await vncd.end()).log.includes("BEGIN"), false);
  assertEquals([...Deno.readDirSync(home.path)].map(({ name }) => name).sort(), [
    ...["own.key", "own.pem"],
  ]);
});

Deno.test("an own certificate that nobody needs is a warning", async () => {
  using home = new KeyHome();
  const own = await ownCertificate(home);
  const { log } = await home.once(
    "--cert",
    own.cert,
    "--key",
    own.key,
    "--security",
    "vnc",
    "--no-web",
  );
  assertMatch(
    log,
    /warn +--cert isn't used: there is no page for browsers, and --security has none/,
  );
});

Deno.test("each mistake with --cert and --key is one clear line", async () => {
  using home = new KeyHome();
  const { cert, key, pem } = await ownCertificate(home);
  const foreign = home.write(
    "foreign.key",
    makeCertificateKey().export({ type: "pkcs8", format: "pem" }) as string,
  );
  const none = `${home.path}/none`;
  const text = home.write("text", "nothing\n");
  const broken = home.write("broken", pem.replace(/\n\w{20}/, "\n"));
  const together = "--cert and --key belong together: name both files";
  const mistakes: [string[], string][] = [
    [["--cert", cert], together],
    [["--key", key], together],
    [["--cert", none, "--key", key], `can't use certificate file ${none}: there is no such file`],
    [["--cert", cert, "--key", none], `can't use key file ${none}: there is no such file`],
    [
      ["--cert", text, "--key", key],
      `can't use certificate file ${text}: it holds no certificate in PEM`,
    ],
    [["--cert", cert, "--key", text], `can't use key file ${text}: it holds no private key in PEM`],
    [
      ["--cert", cert, "--key", broken],
      `can't use key file ${broken}: its key is damaged, or of an unknown kind`,
    ],
    [
      ["--cert", home.path, "--key", key],
      `can't use certificate file ${home.path}: it is a directory`,
    ],
    [
      ["--cert", cert, "--key", foreign],
      `the key in ${foreign} isn't that of the certificate in ${cert}`,
    ],
    [
      ["--cert", key, "--key", cert],
      `can't use certificate file ${key}: it holds no certificate in PEM`,
    ],
  ];
  for (const [args, reason] of mistakes) {
    const result = await home.run([...DEMO, ...args]);
    assertEquals(result, { code: 1, stdout: "", stderr: `vncd: ${reason}\n` });
  }
  // Without x509 types, too, half of the two is a mistake.
  const half = await home.run([...DEMO, "--security", "vnc", "--key", key]);
  assertEquals([half.code, half.stderr], [1, `vncd: ${together}\n`]);
});
