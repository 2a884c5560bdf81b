import { assertEquals } from "@std/assert";
import { PamConversation } from "../../src/security/accounts/pam_conversation.ts";
import { CONVERSATION, PAM } from "../../src/security/accounts/pam_symbols.ts";

const pam = Deno.dlopen("libpam.so.0", PAM).symbols;
const PASSWORD = new TextEncoder().encode("größe");

const addressOf = (bytes: Uint8Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>): bigint =>
  Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));

/** Asks as a module does, with messages of these styles. */
function ask(styles: readonly number[], count = styles.length) {
  using conversation = new PamConversation(pam, "Ann", PASSWORD);
  const pointer = Deno.UnsafePointer.create(new BigUint64Array(conversation.struct.buffer)[0]!);
  const converse = new Deno.UnsafeFnPointer(
    pointer as Deno.PointerObject<typeof CONVERSATION>,
    CONVERSATION,
  );
  const messages = styles.map((style) => BigUint64Array.of(BigInt(style), 0n));
  const array = BigUint64Array.from(messages, addressOf);
  const target = new BigUint64Array(1);
  const status = converse.call(
    count,
    Deno.UnsafePointer.of(array),
    Deno.UnsafePointer.of(target),
    null,
  );
  const responses = Deno.UnsafePointer.create(target[0]!);
  if (responses === null) return { status, answers: undefined };
  const view = new Deno.UnsafePointerView(responses);
  const answers = styles.map((_, i) => {
    const answer = view.getPointer(i * 16);
    return answer && Deno.UnsafePointerView.getCString(answer);
  });
  return { status, answers };
}

Deno.test("what isn't to be seen is the password, what is to be seen the name", () => {
  assertEquals(ask([1]), { status: 0, answers: ["größe"] });
  assertEquals(ask([2, 4, 1, 3]), { status: 0, answers: ["Ann", null, "größe", null] });
  assertEquals(ask([4, 3]), { status: 0, answers: [null, null] });
  assertEquals(ask(Array(32).fill(2)).answers?.at(-1), "Ann");
});

Deno.test("whoever asks for something else, or too much, gets no answer at all", () => {
  const nothing = { status: 19, answers: undefined };
  assertEquals(ask([1, 7]), nothing);
  assertEquals(ask([0]), nothing);
  assertEquals(ask([]), nothing);
  assertEquals(ask([1], -1), nothing);
  assertEquals(ask(Array(33).fill(1)), nothing);
});
