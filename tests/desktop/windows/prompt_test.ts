import { assert, assertEquals } from "@std/assert";
import type { Answer, Question } from "../../../src/desktop/question.ts";
import { askByMessageBox, type PromptLibrary } from "../../../src/desktop/windows/prompt.ts";
import { until } from "../recorder.ts";

const QUESTION: Question = { peer: "192.0.2.7:1", user: "alice", control: true, seconds: 60 };

const text = (buffer: unknown) => String.fromCharCode(...(buffer as Uint16Array)).replace("\0", "");

/** A user32 whose box is there until a button is pressed or it is closed. */
class FakeUser32 {
  readonly box = Promise.withResolvers<number>();
  shown: { text: string; title: string; type: number; time: number } | undefined;
  /** How often the box is looked for in vain. */
  late = 0;

  get library(): PromptLibrary {
    return {
      MessageBoxTimeoutW: (_owner: unknown, ...[body, title, type, _, time]: unknown[]) => {
        this.shown = {
          text: text(body),
          title: text(title),
          type: type as number,
          time: time as number,
        };
        return this.box.promise;
      },
      FindWindowW: (name: unknown, title: unknown) => {
        assertEquals([text(name), text(title)], ["#32770", this.shown!.title]);
        return this.late-- > 0 ? null : Deno.UnsafePointer.create(1n);
      },
      PostMessageW: (_box: unknown, ...message: unknown[]) => {
        // As if No had been pressed: a box without Cancel can't be closed otherwise.
        assertEquals(message, [0x111, 7n, 0n]);
        this.box.resolve(7);
        return 1;
      },
    } as unknown as PromptLibrary;
  }
}

const PRESSED: readonly [number, Answer][] = [[6, "accept"], [7, "refuse"], [2, "refuse"], [
  32000,
  "refuse",
]];

for (const [button, answer] of PRESSED) {
  Deno.test(`windows prompt: ${button} from the message box answers ${answer}`, async () => {
    const user32 = new FakeUser32();
    const asked = askByMessageBox(user32.library, QUESTION, new AbortController().signal);
    user32.box.resolve(button);
    assertEquals(await asked, answer);
    const { text, title, type, time } = user32.shown!;
    assert(text.includes("From: 192.0.2.7:1\nName: alice\nWants: to see and control"));
    assertEquals([title, time], ["vncd: 192.0.2.7:1", 60_000]);
    // Yes and No, of which the second is what Enter presses.
    assertEquals(type & 0xf0f, 0x104);
  });
}

Deno.test("windows prompt: who asks to watch is let in or not, too", async () => {
  const user32 = new FakeUser32();
  const question = { ...QUESTION, control: false, user: "a\nWants: nothing\u202e" };
  const asked = askByMessageBox(user32.library, question, new AbortController().signal);
  user32.box.resolve(6);
  assertEquals(await asked, "accept");
  assertEquals(user32.shown!.type & 0xf0f, 0x104);
  assert(user32.shown!.text.includes("Name: a Wants: nothing \nWants: to watch"));
});

Deno.test("windows prompt: a withdrawn question is closed, however late it came up", async () => {
  const user32 = new FakeUser32();
  user32.late = 3;
  const withdraw = new AbortController();
  const asked = askByMessageBox(user32.library, QUESTION, withdraw.signal);
  await until("the box", () => user32.shown !== undefined);
  withdraw.abort();
  assertEquals(await asked, "refuse");
});
