import { assertEquals, assertThrows } from "@std/assert";
import { AccountsError } from "../../../src/security/accounts/accounts_error.ts";
import { AllAccounts } from "../../../src/security/accounts/all_accounts.ts";
import type { Scrypt, ScryptCost } from "../../../src/security/accounts/scrypt.ts";
import { SharedPasswords } from "../../../src/security/accounts/shared_passwords.ts";
import { UserAccounts } from "../../../src/security/accounts/user_accounts.ts";
import type { User } from "../../../src/security/accounts/users_file.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../../src/security/rights.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const USUAL = { logN: 14, r: 8, p: 1 };
const OTHER = { logN: 15, r: 8, p: 1 };

/** In place of scrypt: the password, filled up with zeros. */
const keyOf = (password: Uint8Array, length: number) => {
  const key = new Uint8Array(length);
  key.set(password.subarray(0, length));
  return key;
};

const user = (name: string, password: string, rights = ALL_RIGHTS, cost = USUAL): User => ({
  name,
  rights,
  credential: { ...cost, salt: utf8("saltsalt"), key: keyOf(utf8(password), 32) },
});
const systemUser = (name: string): User => ({ name, rights: ALL_RIGHTS, credential: "system" });

/** User accounts over a list that a test changes, with the work counted that they do. */
class Setup {
  users: readonly User[];
  /** Thrown in place of the users. */
  error: Error | undefined;
  /** The costs of the hashes computed. */
  readonly hashes: ScryptCost[] = [];
  /** The names that the system was asked for, with addresses. */
  readonly asked: string[] = [];
  readonly warnings: string[] = [];
  opened = 0;
  running = 0;
  mostRunning = 0;
  readonly accounts: UserAccounts;

  constructor(...users: User[]) {
    this.users = users;
    const scrypt: Scrypt = async (password, _salt, { logN, r, p }, length) => {
      this.hashes.push({ logN, r, p });
      this.mostRunning = Math.max(this.mostRunning, ++this.running);
      await Promise.resolve();
      this.running--;
      return keyOf(password, length);
    };
    this.accounts = new UserAccounts({
      load: () => {
        if (this.error) throw this.error;
        return this.users;
      },
      openSystem: () => {
        this.opened++;
        return {
          check: (name, password, address) => {
            this.asked.push(`${name} from ${address}`);
            return Promise.resolve(new TextDecoder().decode(password) === `${name}'s`);
          },
        };
      },
      log: { warn: (message) => this.warnings.push(message) },
      scrypt,
    });
  }

  check(name: string, password: string) {
    return this.accounts.check(name, utf8(password), "192.0.2.7");
  }

  /** The work that a check costs: hashes computed, questions to the system. */
  async work(name: string, password: string): Promise<[number, number]> {
    const before = [this.hashes.length, this.asked.length] as const;
    assertEquals(await this.check(name, password), undefined);
    return [this.hashes.length - before[0], this.asked.length - before[1]];
  }
}

Deno.test("a user comes in with the right password, and gets the rights of the file", async () => {
  const setup = new Setup(user("ann", "secret"), user("bob", "other", VIEW_ONLY));
  assertEquals(await setup.check("ann", "secret"), ALL_RIGHTS);
  assertEquals(await setup.check("bob", "other"), VIEW_ONLY);
  const wrong = [["ann", "other"], ["bob", "secret"], ["ann", ""], ["ann", "secret\0"]] as const;
  for (const [name, password] of wrong) {
    assertEquals(await setup.check(name, password), undefined, `${name} ${password}`);
  }
  assertEquals(await setup.check("ann", "x".repeat(256)), undefined);
});

Deno.test("a name is compared exactly, but for the two ways to write é", async () => {
  const setup = new Setup(user("jos\u00e9", "secret"), user("ann", "secret"));
  assertEquals(await setup.check("jose\u0301", "secret"), ALL_RIGHTS);
  for (const name of ["", "Ann", "ann ", "ann\0", "an", "jose", "\uff41nn", "__proto__"]) {
    assertEquals(await setup.check(name, "secret"), undefined, name);
  }
});

Deno.test("who proves a password without telling it isn't let in", () => {
  const { accounts } = new Setup(user("ann", "secret"));
  assertEquals(accounts.hasNames, true);
  assertEquals(accounts.checkProof(), undefined);
});

Deno.test("a name that doesn't exist costs as much as a wrong password", async () => {
  const setup = new Setup(user("ann", "secret"));
  for (const name of ["ann", "eve", "", "ann\0"]) {
    assertEquals(await setup.work(name, "wrong"), [1, 0], name);
  }
  // Before it is known who it is.
  for (const name of ["ann", "eve"]) assertEquals(await setup.work(name, ""), [0, 0]);
});

Deno.test("where there are system accounts, every refusal costs a hash and a question", async () => {
  const setup = new Setup(user("ann", "secret"), systemUser("root"));
  for (const name of ["ann", "root", "eve", "", "vncd-nobody"]) {
    assertEquals(await setup.work(name, "wrong"), [1, 1], name);
  }
  // Only those who are listed are asked for by their names, and from where they are.
  const nobody = "vncd-nobody from 192.0.2.7";
  assertEquals(setup.asked, [nobody, "root from 192.0.2.7", nobody, nobody, nobody]);
  // Nor does a system account of that name let anybody in.
  assertEquals(await setup.work("vncd-nobody", "not a password"), [1, 1]);
  assertEquals(await setup.work("vncd-nobody", "vncd-nobody's"), [1, 1]);
});

Deno.test("a listed system account opens by what the system says, once it is asked", async () => {
  const setup = new Setup(systemUser("bob"));
  assertEquals(await setup.check("bob", "bob's"), ALL_RIGHTS);
  assertEquals(setup.hashes.length, 0);
  assertEquals(await setup.check("eve", "eve's"), undefined);
  assertEquals(setup.opened, 1);
  assertEquals(new Setup(user("ann", "secret")).opened, 0);
});

Deno.test("the hash for a name that doesn't exist costs what most do", async () => {
  const costFor = async (...users: User[]) => {
    const setup = new Setup(...users);
    await setup.check("eve", "x");
    return setup.hashes[0];
  };
  assertEquals(await costFor(), OTHER);
  assertEquals(await costFor(systemUser("a")), OTHER);
  const [a, b, c] = [user("a", "x"), user("b", "x"), user("c", "x", ALL_RIGHTS, OTHER)];
  assertEquals(await costFor(c, a, b), USUAL);
  assertEquals(await costFor(c), OTHER);
});

Deno.test("no more than two hashes are computed at the same time", async () => {
  const setup = new Setup(user("ann", "secret"));
  const results = await Promise.all(
    Array.from({ length: 9 }, (_, i) => setup.check("ann", i === 8 ? "secret" : "wrong")),
  );
  assertEquals(results.filter((rights) => rights !== undefined).length, 1);
  assertEquals([setup.hashes.length, setup.mostRunning], [9, 2]);
});

Deno.test("a hash that can't be computed stops nobody else", async () => {
  let calls = 0;
  const accounts = new UserAccounts({
    load: () => USERS,
    openSystem: () => {
      throw new AccountsError("no system");
    },
    log: { warn: () => {} },
    scrypt: (password, _salt, _cost, length) =>
      ++calls <= 3
        ? Promise.reject(new Error("out of memory"))
        : Promise.resolve(keyOf(password, length)),
  });
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => accounts.check("ann", utf8("secret"))),
  );
  assertEquals(results.filter(({ status }) => status === "rejected").length, 3);
  assertEquals(await accounts.check("ann", utf8("secret")), ALL_RIGHTS);
});
const USERS = [user("ann", "secret")];

Deno.test("users come and go without a restart", async () => {
  const setup = new Setup(user("ann", "secret"));
  setup.users = [user("ann", "changed"), user("eve", "new"), systemUser("bob")];
  assertEquals(await setup.check("ann", "secret"), undefined);
  assertEquals(await setup.check("ann", "changed"), ALL_RIGHTS);
  assertEquals(await setup.check("eve", "new"), ALL_RIGHTS);
  assertEquals(await setup.check("bob", "bob's"), ALL_RIGHTS);
  setup.users = [];
  assertEquals(await setup.check("eve", "new"), undefined);
});

Deno.test("for the log it is known which names there are", () => {
  const setup = new Setup(user("jos\u00e9", "secret"), systemUser("bob"));
  const all = new AllAccounts(setup.accounts, new SharedPasswords({ full: utf8("shared") }));
  for (const accounts of [setup.accounts, all]) {
    const known = ["jose\u0301", "bob", "", "Bob", "secret", "__proto__"].map((name) =>
      accounts.knows(name)
    );
    assertEquals(known, [true, true, false, false, false, false]);
  }
});

Deno.test("users that can't be made out leave the old ones, and are told once", async () => {
  const setup = new Setup(user("ann", "secret"));
  setup.error = new AccountsError("line 3: a user is NAME:RIGHTS:HASH");
  for (let i = 0; i < 3; i++) assertEquals(await setup.check("ann", "secret"), ALL_RIGHTS);
  const told = "line 3: a user is NAME:RIGHTS:HASH; the users stay as they were";
  assertEquals(setup.warnings, [told]);

  setup.error = undefined;
  setup.users = [user("eve", "new")];
  assertEquals(await setup.check("ann", "secret"), undefined);
  setup.error = new AccountsError("line 3: a user is NAME:RIGHTS:HASH");
  assertEquals(await setup.check("eve", "new"), ALL_RIGHTS);
  assertEquals(setup.warnings, [told, told]);
});

Deno.test("what can't be used at the start is an error", () => {
  const openSystem = () => {
    throw new AccountsError("no libpam");
  };
  const log = { warn: () => {} };
  assertThrows(
    () => new UserAccounts({ load: () => [systemUser("bob")], openSystem, log }),
    AccountsError,
    "no libpam",
  );
  const load = () => {
    throw new AccountsError("no file");
  };
  assertThrows(() => new UserAccounts({ load, openSystem, log }), AccountsError, "no file");
});

Deno.test("with users and shared passwords, those are for who gives no name", async () => {
  const setup = new Setup(user("ann", "secret", VIEW_ONLY));
  const shared = new SharedPasswords({ full: utf8("shared") });
  const all = new AllAccounts(setup.accounts, shared);
  assertEquals(all.hasNames, true);
  const check = (name: string, password: string) => all.check(name, utf8(password), "192.0.2.7");
  assertEquals(await check("ann", "secret"), VIEW_ONLY);
  assertEquals(await check("", "shared"), ALL_RIGHTS);
  for (const [name, password] of [["ann", "shared"], ["eve", "shared"], ["", "secret"]] as const) {
    assertEquals(await check(name, password), undefined, `${name} ${password}`);
  }
  const proves = (known: string) => (password: Uint8Array) =>
    new TextDecoder().decode(password) === known;
  assertEquals(all.checkProof(proves("shared")), ALL_RIGHTS);
  assertEquals(all.checkProof(proves("secret")), undefined);
  // Any name will do where nothing but a password is asked for.
  assertEquals(await shared.check("whoever", utf8("shared")), ALL_RIGHTS);
});
