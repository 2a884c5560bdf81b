import { assert, assertEquals } from "@std/assert";
import { WindowsAccounts } from "../../../src/security/accounts/windows_logon.ts";
import {
  ADVAPI32,
  KERNEL32,
  type LogonLibrary,
} from "../../../src/security/accounts/windows_symbols.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** What a C function sees in UTF-16 up to the NUL. */
function wide(value: unknown): string | undefined {
  if (value === null) return undefined;
  const { buffer, byteOffset, byteLength } = value as Uint8Array;
  const text = new TextDecoder("utf-16le").decode(new Uint8Array(buffer, byteOffset, byteLength));
  assert(text.endsWith("\0"), "no NUL at the end");
  return text.slice(0, -1);
}

/** A library that knows one password, and what was asked of it. */
class FakeLibrary {
  readonly logons: (string | number | undefined)[][] = [];
  readonly closed: bigint[] = [];
  readonly passwords: Uint8Array[] = [];
  isGuest = false;
  hasInformation = true;
  readonly library: LogonLibrary = {
    LogonUserW: (user, domain, password, type, provider, token) => {
      this.logons.push([wide(user), wide(domain), wide(password), type, provider]);
      this.passwords.push(password as Uint8Array);
      if (wide(password) !== "pässword€😀") return Promise.resolve(0);
      new BigUint64Array((token as Uint8Array).buffer)[0] = 0x1234n;
      return Promise.resolve(1);
    },
    GetTokenInformation: (token, kind, _buffer, size) => {
      assertEquals([token, kind], [0x1234n, 1]);
      assert(size >= 84);
      return this.hasInformation ? 1 : 0;
    },
    IsWellKnownSid: (_sid, kind) => kind === 39 && this.isGuest ? 1 : 0,
    CloseHandle: (token) => {
      this.closed.push(token);
      return 1;
    },
  };

  check(name: string, password: string): Promise<boolean> {
    return new WindowsAccounts(this.library).check(name, utf8(password));
  }
}

Deno.test("the symbols are the functions that are called", () => {
  const names = [...Object.keys(ADVAPI32), ...Object.keys(KERNEL32)];
  assertEquals(names.sort(), Object.keys(new FakeLibrary().library).sort());
});

Deno.test("a name says in which domain the account is", async () => {
  const fake = new FakeLibrary();
  assert(await fake.check("Jörg", "pässword€😀"));
  assert(await fake.check("CORP\\Jörg", "pässword€😀"));
  assert(await fake.check("jörg@corp.example", "pässword€😀"));
  assertEquals(fake.logons, [
    ["Jörg", ".", "pässword€😀", 3, 0],
    ["Jörg", "CORP", "pässword€😀", 3, 0],
    ["jörg@corp.example", undefined, "pässword€😀", 3, 0],
  ]);
  assertEquals(fake.closed, [0x1234n, 0x1234n, 0x1234n]);
});

Deno.test("a wrong password opens nothing, and leaves no handle", async () => {
  const fake = new FakeLibrary();
  assert(!await fake.check("ann", "wrong"));
  assertEquals([fake.logons.length, fake.closed], [1, []]);
});

Deno.test("what can't be a name or a password isn't brought to Windows", async () => {
  const fake = new FakeLibrary();
  for (const name of ["", "an\0n", "a:b"]) assert(!await fake.check(name, "pässword€😀"));
  for (const password of ["", "x\0", "x".repeat(256)]) assert(!await fake.check("ann", password));
  assertEquals(fake.logons, []);
});

Deno.test("who is logged on as Guest isn't let in", async () => {
  const fake = new FakeLibrary();
  fake.isGuest = true;
  assert(!await fake.check("ann", "pässword€😀"));
  fake.isGuest = false;
  fake.hasInformation = false;
  assert(!await fake.check("ann", "pässword€😀"));
  assertEquals(fake.closed.length, 2);
});

Deno.test("the password is wiped when Windows has seen it", async () => {
  const fake = new FakeLibrary();
  await fake.check("ann", "pässword€😀");
  await fake.check("ann", "wrong");
  for (const bytes of fake.passwords) assert(bytes.every((byte) => byte === 0));
  assertEquals(fake.passwords.length, 2);
});
