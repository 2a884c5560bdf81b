import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../support/root.ts";

// What must not come into the source, as no other test would notice it.

/** Libraries that Windows itself keeps in its system folder, and takes from nowhere else. */
/** Those that Windows loads from its own folder only, whatever else there is (its KnownDLLs). */
const WINDOWS_LIBRARIES = ["advapi32.dll", "gdi32.dll", "kernel32.dll", "user32.dll"];

interface Source {
  readonly file: string;
  /** Without comments. */
  readonly text: string;
}

function* sources(folder = "src"): Generator<Source> {
  for (const { name, isDirectory } of Deno.readDirSync(ROOT + folder)) {
    const file = `${folder}/${name}`;
    if (isDirectory) yield* sources(file);
    else if (name.endsWith(".ts")) {
      const text = Deno.readTextFileSync(ROOT + file);
      yield { file, text: text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "") };
    }
  }
}

/** The files whose text has something like that. */
const filesWith = (pattern: RegExp) =>
  [...sources()].filter(({ text }) => pattern.test(text)).map(({ file }) => file).sort();

Deno.test("every random number is the system's", () => {
  assertEquals(filesWith(/\bMath\s*\.\s*random|\bpseudoRandomBytes\b/), []);
  assert(filesWith(/\bgetRandomValues\b|\brandomBytes\b/).length > 0);
});

Deno.test("secrets are compared in constant time", () => {
  // What proves a password, or that nobody changed a message.
  const comparing = [
    "src/security/accounts/scrypt.ts",
    "src/security/accounts/shared_passwords.ts",
    "src/security/crypto/aes_eax.ts",
    "src/security/rsa_aes/key_exchange.ts",
    "src/security/vnc_auth.ts",
  ];
  const files = filesWith(/\btimingSafeEqual\(/);
  assertEquals(files.filter((file) => file.startsWith("src/security")), comparing);
  // Bytes aren't compared in any other way there, but for public ones.
  const others = filesWith(/\.(toHex|toBase64)\(\) *[!=]==|\.every\(\(\w+, *i\) =>|\bequals\(/)
    .filter((file) => file.startsWith("src/security"));
  assertEquals(others, [
    // Two passwords of the same file, at the start.
    "src/security/accounts/password_file.ts",
    "src/security/crypto/des.ts",
  ]);
});

Deno.test("libraries come from the system's folders only", () => {
  const opened = [...sources()].flatMap(({ text }) =>
    [...text.matchAll(/(?<!systemFile\()"([^"\s]+\.(?:so[.\d]*|dll))"/g)].map(([, name]) => name!)
  );
  assert(opened.length >= 10, opened.join());
  // By such a name the loader looks where the system's configuration says, and never in a folder that
  // somebody else may write to.
  const wrong = opened.filter((name) =>
    !/^lib[\w+-]+\.so\.\d+$/.test(name) && !WINDOWS_LIBRARIES.includes(name)
  );
  assertEquals(wrong, []);
  const unnamed = [...sources()].flatMap(({ file, text }) =>
    [...text.matchAll(/Deno\.dlopen\(([^,)]+)/g)].map(([, name]) => `${file}: ${name}`)
  ).filter((each) => !each.includes('"'));
  // Those that get one of these names as an argument.
  assertEquals(unnamed.sort(), [
    "src/desktop/x11/libraries.ts: file",
    "src/desktop/x11/libraries.ts: file",
    "src/encodings/jpeg/turbojpeg.ts: file",
  ]);
});

Deno.test("the one command that vncd starts is the person's own, and gets nothing of a peer's in its arguments", () => {
  assertEquals(filesWith(/\bDeno\.Command\b|\bnode:child_process\b/), [
    "src/server/consent/command.ts",
  ]);
});
