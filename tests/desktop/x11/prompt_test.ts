import { assert, assertEquals, assertRejects } from "@std/assert";
import { PlatformError } from "../../../src/desktop/errors.ts";
import type { Answer, Question } from "../../../src/desktop/question.ts";
import { askByPrompt } from "../../../src/desktop/x11/prompt.ts";
import { startXvfb, type Xvfb, type XvfbOptions } from "../../support/xvfb.ts";
import { takeScreenshot } from "../../support/xwd.ts";
import { until } from "../recorder.ts";
import { recordingLogger } from "./rig.ts";

const QUESTION: Question = {
  peer: "192.0.2.7:41822",
  user: "alice",
  control: true,
  seconds: 60,
};
const NAME = "vncd: let this viewer in";

/** Where the buttons are in the window of {@linkcode QUESTION}, from the left. */
const BUTTONS = { accept: 80, view: 220, refuse: 350 };
const BUTTON_ROW = 170;

/** A question on a screen, and what it was answered. */
interface Asked extends AsyncDisposable {
  readonly server: Xvfb;
  readonly answer: Promise<Answer>;
  readonly withdraw: AbortController;
  /** The window's number for xdotool. */
  readonly window: string;
}

async function windows(server: Xvfb): Promise<string[]> {
  const found = await server.run("xdotool", ["search", "--onlyvisible", "--name", NAME])
    .catch(() => "");
  return found.split("\n").filter((line) => line !== "");
}

async function ask(
  question: Question = QUESTION,
  calm = 0,
  options: XvfbOptions = {},
): Promise<Asked> {
  const server = await startXvfb(options);
  const withdraw = new AbortController();
  const answer = askByPrompt(server.display, question, withdraw.signal, recordingLogger([]), calm);
  let window: string | undefined;
  await until("the prompt", async () => {
    [window] = await windows(server);
    return window !== undefined;
  });
  return {
    server,
    answer,
    withdraw,
    window: window!,
    async [Symbol.asyncDispose]() {
      withdraw.abort();
      await answer;
      await server.stop();
    },
  };
}

async function click({ server, window }: Asked, x: number, y = BUTTON_ROW): Promise<void> {
  await server.run("xdotool", ["mousemove", "--window", window, `${x}`, `${y}`, "click", "1"]);
}

/** Presses a key with the pointer in the window, which has the keyboard then. */
async function press({ server, window }: Asked, key: string): Promise<void> {
  await server.run("xdotool", ["mousemove", "--window", window, "220", "100", "key", key]);
}

/** What a promise has come to by the time that the X server has handled everything. */
async function isOpen(asked: Asked): Promise<boolean> {
  const waiting = Symbol();
  for (let i = 0; i < 5; i++) await windows(asked.server);
  return await Promise.race([asked.answer, Promise.resolve(waiting)]) === waiting;
}

for (const [answer, x] of Object.entries(BUTTONS)) {
  Deno.test(`x11 prompt: a click on its button answers ${answer}`, async () => {
    await using asked = await ask();
    await click(asked, x);
    assertEquals(await asked.answer, answer);
    await until("it is gone", async () => (await windows(asked.server)).length === 0);
  });
}

for (
  const [key, answer] of [
    ...[["y", "accept"], ["Y", "accept"], ["w", "view"]],
    ...[["n", "refuse"], ["Escape", "refuse"]],
  ] as const
) {
  Deno.test(`x11 prompt: the key ${key} answers ${answer}`, async () => {
    await using asked = await ask();
    await press(asked, key);
    assertEquals(await asked.answer, answer);
  });
}

Deno.test("x11 prompt: nothing else that is pressed answers", async () => {
  await using asked = await ask();
  for (const key of ["Return", "KP_Enter", "space", "a", "1", "Tab", "ctrl+y", "alt+y"]) {
    await press(asked, key);
  }
  const { server, window } = asked;
  const at = ["mousemove", "--window", window, `${BUTTONS.accept}`, `${BUTTON_ROW}`];
  // Another button; pressed on the button and let go elsewhere; the other way round; an event that a
  // program sends.
  await server.run("xdotool", [...at, "click", "3"]);
  await server.run("xdotool", [...at, "mousedown", "1", "mousemove", "1", "1", "mouseup", "1"]);
  await server.run("xdotool", ["mousemove", "1", "1", "mousedown", "1", ...at, "mouseup", "1"]);
  await server.run("xdotool", [...at, "click", "--window", window, "1"]);
  await server.run("xdotool", ["key", "--window", window, "y"]);
  assert(await isOpen(asked));
  await click(asked, BUTTONS.accept);
  assertEquals(await asked.answer, "accept");
});

Deno.test("x11 prompt: who was about to click or is writing doesn't answer", async () => {
  await using asked = await ask(QUESTION, 60_000);
  await click(asked, BUTTONS.accept);
  await press(asked, "y");
  assert(await isOpen(asked));
});

Deno.test("x11 prompt: who may only watch is asked for nothing else", async () => {
  await using asked = await ask({ ...QUESTION, control: false });
  await press(asked, "w");
  assert(await isOpen(asked));
  await click(asked, 320);
  assertEquals(await asked.answer, "refuse");
});

Deno.test("x11 prompt: closing its window refuses", async () => {
  await using asked = await ask();
  await asked.server.run("xdotool", ["windowclose", asked.window]);
  assertEquals(await asked.answer, "refuse");
});

Deno.test("x11 prompt: a withdrawn question is gone from the screen", async () => {
  await using asked = await ask();
  asked.withdraw.abort();
  assertEquals(await asked.answer, "refuse");
  await until("it is gone", async () => (await windows(asked.server)).length === 0);
});

Deno.test("x11 prompt: the X server's end refuses", async () => {
  await using asked = await ask();
  await asked.server.crash();
  assertEquals(await asked.answer, "refuse");
});

Deno.test("x11 prompt: without an X server there is nobody to ask", async () => {
  const { signal } = new AbortController();
  await assertRejects(
    () => askByPrompt(":987", QUESTION, signal, recordingLogger([])),
    PlatformError,
    ":987",
  );
});

for (const depth of [8, 16, 24, 30]) {
  Deno.test(`x11 prompt: it looks alike with ${depth} bits of colour`, async () => {
    await using asked = await ask(QUESTION, 0, { depth });
    const { server } = asked;
    let seen: number[] = [];
    await until("its colours", async () => {
      const { width, pixels } = await takeScreenshot(server);
      // In the middle of a screen of 640x480: the heading's ground and the panel's.
      seen = [[105, 150], [105, 240]].map(([x, y]) => pixels[y! * width + x!]! & 0xffffff);
      return seen[1] !== 0;
    });
    const near = (a: number, b: number) =>
      [16, 8, 0].every((shift) =>
        Math.abs((a >> shift & 255) - (b >> shift & 255)) < (depth === 8 ? 64 : 10)
      );
    assert(
      near(seen[0]!, 0x35526b) && near(seen[1]!, 0xf3f6f8),
      seen.map((c) => c.toString(16)).join(),
    );
  });
}
