import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { CommandError } from "../../src/cli/failure.ts";
import { openUserAccounts } from "../../src/cli/users_source.ts";
import { formatHash, hashPassword } from "../../src/security/accounts/scrypt.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../src/security/rights.ts";
import { makePipe } from "../support/pipe.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const SECRET = formatHash(await hashPassword(utf8("secret"), { logN: 4, r: 1, p: 1 }));

/** A users file of its own, and what vncd warns of. */
class Setup implements Disposable {
  readonly folder = Deno.makeTempDirSync();
  readonly file = `${this.folder}/users`;
  readonly warnings: string[] = [];
  readonly log = { warn: (message: string) => this.warnings.push(message), info: () => {} };

  write(content: string, mode = 0o600): void {
    Deno.writeTextFileSync(this.file, content);
    Deno.chmodSync(this.file, mode);
  }

  open(systemUsers?: readonly string[]) {
    const accounts = openUserAccounts({ users: this.file, systemUsers }, this.log)!;
    return (name: string) => accounts.check(name, utf8("secret"));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("without users there are no accounts", () => {
  const log = { warn: () => {}, info: () => {} };
  assertEquals(openUserAccounts({ users: undefined, systemUsers: undefined }, log), undefined);
});

Deno.test("a users file counts as it is now", async () => {
  using setup = new Setup();
  setup.write(`ann:all:${SECRET}\n`);
  const check = setup.open();
  assertEquals([await check("ann"), await check("eve")], [ALL_RIGHTS, undefined]);

  setup.write(`ann:view:${SECRET}\neve:all:${SECRET}\n`);
  assertEquals([await check("ann"), await check("eve")], [VIEW_ONLY, ALL_RIGHTS]);

  // Another file in its place, as long, of the same time.
  const { mtime } = Deno.statSync(setup.file);
  Deno.writeTextFileSync(`${setup.file}.new`, `bob:view:${SECRET}\neve:all:${SECRET}\n`);
  Deno.renameSync(`${setup.file}.new`, setup.file);
  Deno.chmodSync(setup.file, 0o600);
  Deno.utimeSync(setup.file, mtime!, mtime!);
  assertEquals([await check("ann"), await check("bob")], [undefined, VIEW_ONLY]);
  assertEquals(setup.warnings, []);
});

Deno.test("a users file that becomes unusable leaves the users as they were", async () => {
  using setup = new Setup();
  setup.write(`ann:all:${SECRET}\n`);
  const check = setup.open();
  setup.write("hunter2\n");
  for (let i = 0; i < 3; i++) assertEquals(await check("ann"), ALL_RIGHTS);
  Deno.removeSync(setup.file);
  for (let i = 0; i < 3; i++) assertEquals(await check("ann"), ALL_RIGHTS);
  const told = `can't use users file ${setup.file}`;
  assertEquals(setup.warnings, [
    `${told}: line 1: a user is NAME:RIGHTS:HASH; the users stay as they were`,
    `${told}: there is no such file; the users stay as they were`,
  ]);
  setup.write(`eve:all:${SECRET}\n`);
  assertEquals([await check("ann"), await check("eve")], [undefined, ALL_RIGHTS]);
  assertEquals(setup.warnings.length, 2);
});

Deno.test("a users file that becomes a pipe holds up nobody", async () => {
  using setup = new Setup();
  setup.write(`ann:all:${SECRET}\n`);
  const check = setup.open();
  Deno.removeSync(setup.file);
  makePipe(setup.file);
  assertEquals(await check("ann"), ALL_RIGHTS);
  assertEquals(setup.warnings, [
    `can't use users file ${setup.file}: it is a pipe or a device; the users stay as they were`,
  ]);
});

Deno.test("a users file that others can read is worth a warning, whenever it is read", async () => {
  using setup = new Setup();
  setup.write(`ann:all:${SECRET}\n`, 0o640);
  const check = setup.open();
  await check("ann");
  assertEquals(setup.warnings.length, 1);
  assertMatch(setup.warnings[0]!, /^other users of this machine can get at .*: chmod 600 /);
  setup.write(`ann:all:${SECRET}\n# more\n`, 0o604);
  await check("ann");
  assertEquals(setup.warnings.length, 2);
});

Deno.test("a users file that can't be used is named, with the reason", () => {
  using setup = new Setup();
  const refused = (reason: string) => {
    const { message } = assertThrows(() => setup.open(), CommandError);
    assertEquals(message, `can't use users file ${setup.file}: ${reason}`);
  };
  refused("there is no such file");
  setup.write("ann\n");
  refused("line 1: a user is NAME:RIGHTS:HASH");
  setup.write("#".repeat(2 ** 20) + "\n");
  refused("it is too large to be one");
  Deno.removeSync(setup.file);
  Deno.mkdirSync(setup.file);
  refused("it is a directory");
});

Deno.test("a system user that can't be one is refused", () => {
  const open = (...systemUsers: string[]) =>
    openUserAccounts({ users: undefined, systemUsers }, { warn: () => {}, info: () => {} });
  const { message } = assertThrows(() => open("bob", "a:b"), CommandError);
  assertEquals(message, "--system-users: a name can't hold a colon");
});

Deno.test("for a system user that is in the file, the file decides", async () => {
  using setup = new Setup();
  setup.write(`ann:view:${SECRET}\n`);
  const check = setup.open(["ann"]);
  assertEquals(await check("ann"), VIEW_ONLY);
});
