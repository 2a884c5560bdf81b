import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { removeUser, user } from "../../src/cli/commands/user.ts";
import { CommandError } from "../../src/cli/failure.ts";
import { linePrompter } from "../../src/cli/prompter.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { openUserAccounts } from "../../src/cli/users_source.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../src/security/rights.ts";

const BOB = "bob:all:$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OQ";
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A home of its own, in which `vncd user` is run. */
class Home implements Disposable {
  readonly folder = Deno.makeTempDirSync();
  readonly usual = `${this.folder}/.config/vncd/users`;
  printed = "";
  complaints = "";

  /**
   * @param answers Lines that are typed.
   * @param meanwhile Happens before the first of them.
   */
  async user(
    operands: readonly string[],
    answers: string,
    file?: string,
    meanwhile = () => {},
  ): Promise<void> {
    const bytes = utf8(answers);
    let at = 0;
    const host = {
      environment: { HOME: this.folder },
      print: (text: string) => this.printed += text,
      complain: (line: string) => this.complaints += line,
    };
    await user(
      operands,
      file,
      host,
      linePrompter(() => {
        if (at === 0) meanwhile();
        return bytes[at++];
      }),
    );
  }

  /** The rights that vncd gives by what was written. */
  check(name: string, password: string) {
    const options = { users: this.usual, systemUsers: undefined };
    const log = { warn: (message: string) => this.complaints += message, info: () => {} };
    return openUserAccounts(options, log)!.check(name, utf8(password));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("vncd user writes a user whom vncd lets in, to a file that others can't read", async () => {
  using home = new Home();
  await home.user(["ann"], "größe 12\ngröße 12\n");
  assertEquals(
    home.printed,
    `Written to ${home.usual}, which vncd uses with --users ${home.usual}.`,
  );
  const mode = (path: string) => Deno.statSync(path).mode! & 0o777;
  assertEquals([mode(home.usual), mode(`${home.folder}/.config/vncd`)], [0o600, 0o700]);
  assertEquals([...Deno.readDirSync(`${home.folder}/.config/vncd`)].length, 1);
  assertMatch(
    Deno.readTextFileSync(home.usual),
    /^ann:all:\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}\n$/,
  );
  assertEquals(await home.check("ann", "größe 12"), ALL_RIGHTS);
  assertEquals(await home.check("ann", "größe 13"), undefined);
  assertEquals(home.complaints, "");
});

Deno.test("who is removed while a password is typed for somebody else stays removed", async () => {
  using home = new Home();
  await home.user(["ann"], "password1\npassword1\n");
  await home.user(["bob"], "password2\npassword2\n");
  const removeBob = () =>
    removeUser(home.usual, "bob", { environment: {}, print() {}, complain() {} });
  await home.user(["ann"], "password3\npassword3\n", undefined, removeBob);
  assertEquals(await home.check("ann", "password3"), ALL_RIGHTS);
  assertEquals(await home.check("bob", "password2"), undefined);
});

Deno.test("vncd user gives another password, and rights only when told", async () => {
  using home = new Home();
  await home.user(["ann", "view"], "password1\npassword1\n");
  Deno.writeTextFileSync(
    home.usual,
    `# who may come in\n${Deno.readTextFileSync(home.usual)}\n${BOB}\n`,
  );
  await home.user(["ann"], "password2\npassword2\n");
  assertEquals(await home.check("ann", "password1"), undefined);
  assertEquals(await home.check("ann", "password2"), VIEW_ONLY);
  await home.user(["ann", "control,clipboard-in"], "password3\npassword3\n");
  const [comment, ann, ...rest] = Deno.readTextFileSync(home.usual).split("\n");
  assertEquals([comment, ...rest], ["# who may come in", "", BOB, ""]);
  assertStringIncludes(ann!, "ann:control,clipboard-in:$scrypt$");
});

Deno.test("vncd user NAME remove takes the user out of the file that is named", async () => {
  using home = new Home();
  const file = `${home.folder}/my users`;
  Deno.writeTextFileSync(file, "# mine\nann:all:system\nbob:all:system\n");
  await home.user(["ann", "remove"], "", file);
  assertEquals(Deno.readTextFileSync(file), "# mine\nbob:all:system\n");
  assertEquals(home.printed, `ann is no longer in ${file}.`);
  const error = await assertRejects(() => home.user(["ann", "remove"], "", file), CommandError);
  assertEquals(error.message, `there is no user "ann" in ${file}`);
});

Deno.test("vncd user warns of a password that is easily guessed", async () => {
  using home = new Home();
  await home.user(["ann"], "1234567\n1234567\n");
  assertStringIncludes(home.complaints, "less than 8 characters is easily guessed");
});

Deno.test("vncd user writes nothing when an answer is no good", async () => {
  using home = new Home();
  const refused = async (answers: string, reason: string) => {
    const { message } = await assertRejects(() => home.user(["ann"], answers), CommandError);
    assertEquals(message, `${reason}; nothing is written`);
  };
  await refused("password1\npassword2\n", "these are two different passwords");
  await refused("", "no password was given");
  await refused("a\tbcdefgh\na\tbcdefgh\n", "a password can't hold control characters");
  const long = "x".repeat(256);
  await refused(`${long}\n${long}\n`, "viewers can't send a password of so many bytes");
  assertEquals([...Deno.readDirSync(home.folder)], []);
});

Deno.test("vncd user leaves a file alone that it can't read", async () => {
  using home = new Home();
  const file = `${home.folder}/users`;
  Deno.writeTextFileSync(file, "# mine\nhunter2\n");
  const error = await assertRejects(() => home.user(["ann"], "x\nx\n", file), CommandError);
  assertEquals(
    error.message,
    `can't use users file ${file}: line 2: a user is NAME:RIGHTS:HASH; nothing is written`,
  );
  assertEquals(Deno.readTextFileSync(file), "# mine\nhunter2\n");
});

Deno.test("vncd user explains what it takes", async () => {
  using home = new Home();
  const refused = async (operands: string[], reason: string) => {
    const { message } = await assertRejects(() => home.user(operands, ""), UsageError);
    assert(message.startsWith(reason), message);
  };
  await refused([], "vncd user takes a name and");
  await refused(["ann", "all", "more"], "vncd user takes a name and");
  await refused(["a:b"], "a name can't hold a colon");
  await refused(["ann", "everything"], "rights are a list of view, control, clipboard");
});
