import { assert, assertEquals, assertThrows } from "@std/assert";
import { AccountsError } from "../../../src/security/accounts/accounts_error.ts";
import { canBePassword, nameProblem } from "../../../src/security/accounts/name_and_password.ts";
import { formatRights, parseRights } from "../../../src/security/accounts/rights_words.ts";
import { formatUser, parseUsers, withUser } from "../../../src/security/accounts/users_file.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../../src/security/rights.ts";
import { Random } from "../../support/random.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const HASH = "$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OQ";

Deno.test("a users file has a line a user, comments and empty lines", () => {
  const users = parseUsers(utf8(
    `# who may come in\n\nann:all:${HASH}\r\n  # not yet: eve:all:system\nJosé Ño:view:system`,
  ));
  assertEquals(users.map(({ name }) => name), ["ann", "José Ño"]);
  assertEquals(users.map(({ rights }) => rights), [ALL_RIGHTS, VIEW_ONLY]);
  assertEquals(users.map(formatUser), [`ann:all:${HASH}`, "José Ño:view:system"]);
  assertEquals(parseUsers(utf8("")), []);
  assertEquals(parseUsers(utf8("\ufeffann:all:system\n"))[0]?.name, "ann");
});

Deno.test("rights are words with commas between", () => {
  const rights = (control: boolean, clipboardIn: boolean, clipboardOut: boolean) => ({
    control,
    clipboardIn,
    clipboardOut,
  });
  assertEquals(parseRights("view"), VIEW_ONLY);
  assertEquals(parseRights("all"), ALL_RIGHTS);
  assertEquals(parseRights("control"), rights(true, false, false));
  assertEquals(parseRights("view,clipboard-out"), rights(false, false, true));
  assertEquals(parseRights("clipboard-in, view"), rights(false, true, false));
  assertEquals(parseRights("clipboard"), rights(false, true, true));
  assertEquals(parseRights("control,clipboard"), ALL_RIGHTS);
  for (const wrong of ["", "view,", "View", "everything", "view control", "toString"]) {
    assertEquals(parseRights(wrong), undefined, wrong);
  }
  for (let bits = 0; bits < 8; bits++) {
    const each = rights((bits & 1) !== 0, (bits & 2) !== 0, (bits & 4) !== 0);
    assertEquals(parseRights(formatRights(each)), each);
  }
});

Deno.test("a name that can't be one is refused with the reason", () => {
  assertEquals(nameProblem("a"), undefined);
  assertEquals(nameProblem("Ann Smith@EXAMPLE\\é#"), undefined);
  assertEquals(nameProblem("é".repeat(127)), undefined);
  assertEquals(nameProblem(""), "can't be empty");
  assertEquals(nameProblem("é".repeat(128)), "can't have more than 255 bytes");
  assertEquals(nameProblem("a:b"), "can't hold a colon");
  assertEquals(nameProblem("a\0"), "can't hold control characters");
  assertEquals(nameProblem("a\x85b"), "can't hold control characters");
  assertEquals(nameProblem(" a"), "can't begin or end with a space");
  assertEquals(nameProblem("#a"), "can't begin with #");
});

Deno.test("a password has 1 to 255 bytes, and no NUL", () => {
  assert(canBePassword(utf8("x")) && canBePassword(utf8("x".repeat(255))));
  for (const wrong of ["", "x".repeat(256), "x\0", "\0"]) assert(!canBePassword(utf8(wrong)));
});

Deno.test("a mistake is told with its line, and without what stands there", () => {
  const refused = (content: string | Uint8Array, reason: string) => {
    const bytes = typeof content === "string" ? utf8(content) : content;
    const { message } = assertThrows(() => parseUsers(bytes), AccountsError);
    assertEquals(message, reason);
  };
  refused("hunter2", "line 1: a user is NAME:RIGHTS:HASH");
  refused("ann:hunter2\n", "line 1: a user is NAME:RIGHTS:HASH");
  refused(`#\n\nann:all:${HASH}:x\n`, "line 3: a user is NAME:RIGHTS:HASH");
  refused(`:all:${HASH}`, "line 1: a name can't be empty");
  refused(` ann:all:${HASH}`, "line 1: a name can't begin or end with a space");
  refused(`a\tb:all:${HASH}`, "line 1: a name can't hold control characters");
  const words = "view, control, clipboard, clipboard-in, clipboard-out, all";
  refused(`ann:hunter2:${HASH}`, `line 1: rights are a list of ${words}`);
  refused(`ann::${HASH}`, `line 1: rights are a list of ${words}`);
  refused(
    `a:all:system\nann:all:hunter2`,
    "line 2: a hash looks like $scrypt$ln=15,r=8,p=1$SALT$HASH",
  );
  refused("ann:all:System", "line 1: a hash looks like $scrypt$ln=15,r=8,p=1$SALT$HASH");
  refused(`a:all:${"x".repeat(1000)}`, "line 1: it has more than 1000 characters");
  refused("a:all:system\nb:all:system\na:view:system", "line 3: line 1 has the same name");
  refused("jose\u0301:all:system\njos\u00e9:view:system", "line 2: line 1 has the same name");
  refused(Uint8Array.of(0x61, 0xff), "it isn't text in UTF-8");
});

Deno.test("another line takes a user's place, and all others stay as they are", () => {
  const edit = (content: string, name: string, rights?: "view") =>
    withUser(
      utf8(content),
      name,
      rights && { name, rights: VIEW_ONLY, credential: "system" },
    );
  const before = "# ann:\r\n\r\nann:all:system\r\n  bob : broken\n# end\n";
  assertEquals(edit(before, "ann", "view"), before.replace("ann:all:system\r", "ann:view:system"));
  assertEquals(edit(before, "ann"), before.replace("ann:all:system\r\n", ""));
  assertEquals(edit(before, "eve", "view"), `${before}eve:view:system\n`);
  assertEquals(edit(before, "eve"), before);
  assertEquals(edit("", "ann", "view"), "ann:view:system\n");
  assertEquals(edit("# no end", "ann", "view"), "# no end\nann:view:system\n");
  assertEquals(edit("jose\u0301:all:system\n", "jos\u00e9", "view"), "jos\u00e9:view:system\n");
});

Deno.test("whatever a users file holds, it is read or refused", () => {
  const random = new Random(5);
  const pieces = ["ann", ":", "all", "view,", "$scrypt$", "ln=15,r=8,p=1", "$", HASH, "\n", "#"];
  let read = 0;
  for (let round = 0; round < 3000; round++) {
    const text = Array.from(
      { length: random.below(9) },
      () => pieces[random.below(pieces.length + 1)] ?? String.fromCodePoint(random.below(0x3000)),
    ).join("");
    const bytes = utf8(text);
    if (random.below(4) === 0 && bytes.length > 0) bytes[random.below(bytes.length)] = 0xff;
    try {
      const users = parseUsers(bytes);
      const again = parseUsers(utf8(users.map(formatUser).join("\n")));
      assertEquals(again, users);
      read++;
    } catch (error) {
      assert(error instanceof AccountsError, `${JSON.stringify(text)}: ${error}`);
    }
  }
  assert(read > 100, "hardly any was read");
});
