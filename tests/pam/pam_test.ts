import { assert, assertEquals } from "@std/assert";
import { PamAccounts } from "../../src/security/accounts/pam.ts";
import { until } from "../support/until.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A folder for PAM's configuration, with the programs that its module pam_exec runs. */
class PamFolder implements Disposable {
  readonly path = Deno.makeTempDirSync();

  /** Accounts by the lines of a configuration. */
  accounts(...lines: string[]): PamAccounts {
    Deno.writeTextFileSync(`${this.path}/service`, lines.map((line) => `${line}\n`).join(""));
    return new PamAccounts({ service: "service", configFolder: this.path });
  }

  /** A line that lets a shell script decide, which finds the password in $password. */
  script(kind: "auth" | "account", text: string): string {
    const file = `${this.path}/${kind}.sh`;
    const read = kind === "auth" ? `password=$(tr -d '\\0')` : "";
    Deno.writeTextFileSync(file, `#!/bin/sh\n${read}\ncd ${this.path}\n${text}\n`);
    Deno.chmodSync(file, 0o700);
    return `${kind} required pam_exec.so quiet ${kind === "auth" ? "expose_authtok " : ""}${file}`;
  }

  read(name: string): string | undefined {
    try {
      return Deno.readTextFileSync(`${this.path}/${name}`);
    } catch {
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

const PERMIT = ["auth required pam_permit.so", "account required pam_permit.so"] as const;

Deno.test("PAM decides by name and password", async () => {
  using folder = new PamFolder();
  const accounts = folder.accounts(
    folder.script("auth", `test "$PAM_USER:$password" = 'bob:größe 12'`),
    PERMIT[1],
  );
  assert(await accounts.check("bob", utf8("größe 12")));
  assert(!await accounts.check("bob", utf8("größe 13")));
  assert(!await accounts.check("eve", utf8("größe 12")));
  assert(await accounts.check("bob", utf8("größe 12")));
});

Deno.test("a password of 255 bytes reaches PAM in full", async () => {
  using folder = new PamFolder();
  const password = "0123456789abcde".repeat(17);
  const accounts = folder.accounts(
    folder.script("auth", `test "$password" = ${password}`),
    PERMIT[1],
  );
  assert(await accounts.check("bob", utf8(password)));
  assert(!await accounts.check("bob", utf8(password.slice(0, -1) + "x")));
});

Deno.test("an account that may not log in stays out, whatever its password", async () => {
  using folder = new PamFolder();
  assert(await folder.accounts(...PERMIT).check("bob", utf8("x")));
  for (const verdict of ["pam_deny.so", "pam_debug.so acct=acct_expired"]) {
    const accounts = folder.accounts(PERMIT[0], `account required ${verdict}`);
    assert(!await accounts.check("bob", utf8("x")), verdict);
  }
  const expired = folder.accounts(PERMIT[0], "account required pam_debug.so acct=new_authtok_reqd");
  assert(!await expired.check("bob", utf8("x")), "a password that has to be changed");
});

Deno.test("the account isn't looked at where the password is wrong", async () => {
  using folder = new PamFolder();
  const accounts = folder.accounts(
    "auth required pam_deny.so",
    folder.script("account", "touch asked"),
  );
  assert(!await accounts.check("bob", utf8("x")));
  assertEquals(folder.read("asked"), undefined);
});

Deno.test("PAM learns where the viewer is", async () => {
  using folder = new PamFolder();
  const accounts = folder.accounts(
    folder.script("auth", `printf '%s' "$PAM_RHOST" > address`),
    PERMIT[1],
  );
  assert(await accounts.check("bob", utf8("x"), "2001:db8::7"));
  assertEquals(folder.read("address"), "2001:db8::7");
  assert(await accounts.check("bob", utf8("x")));
  assertEquals(folder.read("address"), "");
});

Deno.test("a slow module holds up nothing but its own viewer, and one is asked at a time", async () => {
  using folder = new PamFolder();
  const accounts = folder.accounts(
    folder.script(
      "auth",
      `mkdir running || exit 1
      echo "$PAM_USER" >> started
      until test -e "go.$PAM_USER"; do sleep 0.02; done
      rmdir running`,
    ),
    PERMIT[1],
  );
  const first = accounts.check("ann", utf8("x"));
  const second = accounts.check("bob", utf8("x"));
  // Were the event loop held up, this would never get around to letting the module go on.
  await until("the module runs", () => folder.read("started"));
  Deno.writeTextFileSync(`${folder.path}/go.ann`, "");
  assert(await first);
  await until("the next one's turn", () => folder.read("started")?.includes("bob") || undefined);
  Deno.writeTextFileSync(`${folder.path}/go.bob`, "");
  assert(await second, "two ran at the same time");
  assertEquals(folder.read("started"), "ann\nbob\n");
});

Deno.test("PAM doesn't hold back its refusals: others would wait for them", async () => {
  using folder = new PamFolder();
  const minute = 60_000_000;
  const accounts = folder.accounts(
    `auth optional pam_faildelay.so delay=${minute}`,
    "auth required pam_deny.so",
    PERMIT[1],
  );
  let refused = 0;
  for (let i = 0; i < 3; i++) {
    void accounts.check("bob", utf8("x")).then((isRight) => refused += Number(!isRight));
  }
  await until("three refusals", () => refused === 3 || undefined);
});

Deno.test("what modules have to say is no question", async () => {
  using folder = new PamFolder();
  const script = folder.script("auth", `echo Welcome; test "$password" = secret`);
  const accounts = folder.accounts(script.replace("quiet", "stdout"), PERMIT[1]);
  assert(await accounts.check("bob", utf8("secret")));
});

Deno.test("what can't be a name or a password isn't brought to PAM", async () => {
  using folder = new PamFolder();
  const accounts = folder.accounts(...PERMIT);
  for (const name of ["", "bob\0", "b:b", "b\nb"]) assert(!await accounts.check(name, utf8("x")));
  for (const password of ["", "x\0y", "x".repeat(256)]) {
    assert(!await accounts.check("bob", utf8(password)));
  }
});

Deno.test("nobody comes in where there is no configuration, or a module that is missing", async () => {
  using folder = new PamFolder();
  const accounts = new PamAccounts({ service: "nothing", configFolder: folder.path });
  assert(!await accounts.check("bob", utf8("x")));
  const missing = folder.accounts("auth required pam_not_there.so", PERMIT[1]);
  assert(!await missing.check("bob", utf8("x")));
  const empty = folder.accounts();
  assert(!await empty.check("bob", utf8("x")));
});
