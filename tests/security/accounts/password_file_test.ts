import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { desEncrypt } from "../../../src/security/crypto/des.ts";
import {
  formatPasswordFile,
  parsePasswordFile,
  PasswordFileError,
  vncAuthProblem,
} from "../../../src/security/accounts/password_file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function parsed(file: Uint8Array | string): { full: string; viewOnly?: string } {
  const { full, viewOnly } = parsePasswordFile(typeof file === "string" ? bytes(file) : file);
  const text = (password: Uint8Array) => new TextDecoder().decode(password);
  return viewOnly ? { full: text(full), viewOnly: text(viewOnly) } : { full: text(full) };
}

Deno.test("plain text: full control in the first line, view only in the second", () => {
  assertEquals(parsed("open sesame\n"), { full: "open sesame" });
  assertEquals(parsed("full\nwatch\n"), { full: "full", viewOnly: "watch" });
  assertEquals(parsed("full\r\nwatch\r\n"), { full: "full", viewOnly: "watch" });
  assertEquals(parsed("full\nwatch"), { full: "full", viewOnly: "watch" });
  assertEquals(parsed("full\n\n"), { full: "full" });
  assertEquals(parsed("full\n\n\n"), { full: "full" });
  assertEquals(parsed(" spaces count \n"), { full: " spaces count " });
  assertEquals(parsed("\ufeffmarked\n"), { full: "marked" });
  assertEquals(parsed("pässwörd€漢\n"), { full: "pässwörd€漢" });
});

Deno.test("plain text of 8 or 16 bytes is no obfuscated file", () => {
  for (const text of ["secret12", "12345678", "pässwö", "sixteen letters!", "ab\ncdefg"]) {
    assertEquals(parsed(text).full, text.split("\n")[0]);
  }
  for (const text of ["secret1\n", "five5\r\n\n", "secret12\nsecret1\n"]) {
    assertEquals(parsed(text).full, text.split(/\r?\n/)[0]);
  }
});

Deno.test("what vncpasswd and x11vnc write", () => {
  assertEquals(parsed(Uint8Array.fromHex("24b5ae4ce15503c6")), { full: "secret12" });
  assertEquals(parsed(Uint8Array.fromHex("9c0a172d3482e122")), { full: "abc" });
  assertEquals(parsed(Uint8Array.fromHex("eb124c8c8595a6c5ceeac47069c9f36c")), {
    full: "full12",
    viewOnly: "view12",
  });
  assertEquals(parsed(Uint8Array.fromHex("583f05ae03726348")), { full: "é€sec" });
});

Deno.test("an obfuscated file that looks like text is still recognised", () => {
  const key = Uint8Array.fromHex("17526b06234e5807");
  const isText = (file: Uint8Array) => file.every((byte) => byte >= 0x20 && byte < 0x7f);
  let seen = 0;
  for (let n = 0; seen < 3; n++) {
    const block = new Uint8Array(8);
    block.set(bytes(`pw${n}`));
    const file = desEncrypt(key, block);
    if (!isText(file)) continue;
    assertEquals(parsed(file), { full: `pw${n}` });
    seen++;
  }
});

Deno.test("a file without a password is refused, with the reason", () => {
  const refused = (file: Uint8Array | string, reason: string) =>
    assertThrows(() => parsed(file), PasswordFileError, reason);
  refused("", "empty");
  refused("\n", "first line");
  refused("\r\nwatch\n", "first line");
  refused("\ufeff\n", "first line");
  refused("one\ntwo\nthree\n", "more than two lines");
  refused(new Uint8Array([0xff, 0xfe, 0x00]), "neither");
  refused("zero\0inside\n", "neither");
  refused(desEncrypt(Uint8Array.fromHex("17526b06234e5807"), new Uint8Array(8)), "empty");
});

Deno.test("what vncd writes is what it reads", () => {
  assertEquals(parsed(formatPasswordFile("secret1")), { full: "secret1" });
  assertEquals(parsed(formatPasswordFile("secret1", "see")), { full: "secret1", viewOnly: "see" });
});

Deno.test("a view-only password that would give full control is refused", () => {
  const refused = (run: () => unknown) => assertThrows(run, PasswordFileError, "tell the two");
  const same = (run: () => unknown) => assertThrows(run, PasswordFileError, "are the same");
  same(() => parsed("same\nsame\n"));
  // The highest bit of a byte doesn't count.
  const obfuscated = new Uint8Array([...bytes("abcdefgh"), 0x80 | 0x61, ...bytes("bcdefgh")]);
  const key = Uint8Array.fromHex("17526b06234e5807");
  const problem = (file: Uint8Array) => vncAuthProblem(parsePasswordFile(file));
  assertStringIncludes(problem(desEncrypt(key, obfuscated))!, "tell the two");
  assertStringIncludes(problem(bytes("longpass1\nlongpass2\n"))!, "tell the two");
  assertEquals(problem(bytes("longpas1\nlongpas2\n")), undefined);
  refused(() => formatPasswordFile("longpass1", "longpass2"));
  assertEquals(parsed("longpas1\nlongpas2\n").viewOnly, "longpas2");
});

Deno.test("a password that no viewer can send is refused", () => {
  const long = "x".repeat(255);
  assertEquals(parsed(`${long}\n`).full, long);
  assertThrows(() => parsed(`${long}x\n`), PasswordFileError, "255 bytes");
  assertThrows(() => parsed(`short\n${long}x\n`), PasswordFileError, "255 bytes");
});
