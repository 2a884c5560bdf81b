import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildVncd, BUILT, BUILT_ENV } from "../support/built_vncd.ts";
import { runVncd } from "../support/vncd.ts";

/** Runs `vncd passwd` with the answers in a home of its own. */
async function passwd(answers: string, ...args: string[]) {
  const home = await Deno.makeTempDir();
  const options = { env: { HOME: home }, cwd: home, input: answers };
  try {
    const result = await runVncd(["passwd", ...args], options);
    const file = `${home}/${args[0] ?? ".config/vncd/passwd"}`;
    const content = await Deno.readTextFile(file).catch(() => undefined);
    const mode = content === undefined ? undefined : (await Deno.stat(file)).mode! & 0o777;
    const folder = file.slice(0, file.lastIndexOf("/"));
    const left = content === undefined ? [] : [...Deno.readDirSync(folder)].map(({ name }) => name);
    const folderMode = (await Deno.stat(folder).catch(() => undefined))?.mode;
    return { ...result, content, mode, left, folderMode: folderMode && folderMode & 0o777, home };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("vncd passwd writes a file that only its owner can read, and nothing else", async () => {
  const result = await passwd("secret12\nsecret12\nn\n");
  assertEquals(result.code, 0);
  assertEquals(result.content, "secret12\n");
  assertEquals([result.mode, result.folderMode], [0o600, 0o700]);
  assertEquals(result.left, ["passwd"]);
  assertEquals(result.stdout, `Written to ${result.home}/.config/vncd/passwd.\n`);
  assertEquals(result.stderr, "");
});

Deno.test("vncd passwd FILE, with a view-only password", async () => {
  const result = await passwd("größe12\ngröße12\ny\nwatching\nwatching\n", "my file");
  assertEquals(result.code, 0);
  assertEquals(result.content, "größe12\nwatching\n");
  assertStringIncludes(result.stderr, "of these 9 bytes, VNC Authentication uses only the first 8");
});

Deno.test("vncd passwd writes the password file that vncd would use", async () => {
  const file = await Deno.makeTempFile();
  try {
    const { content } = await passwd("secret12\nsecret12\nn\n", "--password-file", file);
    assertEquals(content, undefined);
    assertEquals(await Deno.readTextFile(file), "secret12\n");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("vncd passwd warns of a password that is easily guessed", async () => {
  const { code, stderr } = await passwd("1234567\n1234567\n");
  assertEquals(code, 0);
  assertStringIncludes(stderr, "less than 8 characters is easily guessed");
});

Deno.test("vncd passwd writes nothing when an answer is no good", async () => {
  const refused = async (answers: string, reason: string) => {
    const { code, stderr, content } = await passwd(answers);
    assertEquals([code, stderr, content], [1, `vncd: ${reason}; nothing is written\n`, undefined]);
  };
  await refused("secret12\nsecret13\n", "these are two different passwords");
  await refused("secret12\n", "these are two different passwords");
  await refused("\n\n", "no password was given");
  await refused("", "no password was given");
  await refused("sec\tret1\nsec\tret1\n", "a password can't hold control characters");
  await refused("secret12\nsecret12\ny\n\n\n", "no password was given");
  await refused("secret12\nsecret12\ny\nsecret12\nsecret12\n", "both passwords are the same");
});

Deno.test("vncd passwd refuses a view-only password that would give full control", async () => {
  const { code, stderr, content } = await passwd("longpass1\nlongpass1\ny\nlongpass2\nlongpass2\n");
  assertEquals([code, content], [1, undefined]);
  assertStringIncludes(stderr, "can't tell the two passwords apart");
});

Deno.test("vncd passwd says why it can't write", async () => {
  const { code, stderr } = await passwd("secret12\nsecret12\nn\n", "/dev/null/here");
  assertEquals(code, 1);
  assert(/^vncd: can't write \/dev\/null\/here: .*\n$/.test(stderr), stderr);
});

/** Answers each question when a program on a terminal of its own asks it; what the screen showed. */
async function onTerminal(command: readonly string[], answers: readonly string[], home: string) {
  const quoted = command.map((word) => `'${word}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qec", quoted, "/dev/null"],
    env: { HOME: home, XDG_CONFIG_HOME: "", ...BUILT_ENV },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  let screen = "";
  let asked = 0;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    screen += text;
    const questions = screen.match(/[:?] |\(y\/n\) ?/g)?.length ?? 0;
    while (asked < Math.min(questions, answers.length)) {
      await writer.write(new TextEncoder().encode(`${answers[asked++]}\r`));
    }
  }
  await writer.close();
  return { screen, ...await child.status };
}

Deno.test("on a terminal, vncd passwd shows the questions and not the answers", async () => {
  await buildVncd();
  const home = await Deno.makeTempDir();
  try {
    const answers = ["sexret\x7f\x7f\x7f\x7fcret12", "secret12", "n"];
    const { screen, code } = await onTerminal([BUILT, "passwd"], answers, home);
    assertEquals(code, 0, screen);
    assertStringIncludes(screen, "Password:");
    assertStringIncludes(screen, "The same again:");
    assert(!/s[ex]*[cr]*ret/.test(screen.replace("secure", "")), screen);
    assertEquals(await Deno.readTextFile(`${home}/.config/vncd/passwd`), "secret12\n");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
