import {
  CONVERSATION,
  FAIL_DELAY,
  type Pam,
  PAM_BUF_ERR,
  PAM_CONV_ERR,
  PAM_ERROR_MSG,
  PAM_MAX_NUM_MSG,
  PAM_PROMPT_ECHO_OFF,
  PAM_PROMPT_ECHO_ON,
  PAM_SUCCESS,
  PAM_TEXT_INFO,
} from "./pam_symbols.ts";

/*
 * The C structures on 64-bit systems, which have pointers of 8 bytes:
 *   struct pam_message  { int msg_style; const char *msg; }
 *   struct pam_response { char *resp; int resp_retcode; }
 *   struct pam_conv     { int (*conv)(...); void *appdata_ptr; }
 */
const POINTER_SIZE = 8;
const RESPONSE_SIZE = 16;

/**
 * Answers what PAM's modules ask: the password when it isn't to be seen, the name when it is. They ask on
 * the thread that they run on; Deno answers on its own.
 */
export class PamConversation implements Disposable {
  /** The `struct pam_conv` for pam_start. */
  readonly struct: Uint8Array<ArrayBuffer>;
  /**
   * For the item PAM_FAIL_DELAY: doesn't wait. Guesses are slowed down before they come here, and whoever
   * is to be asked about next mustn't wait for that.
   */
  readonly noDelay = Deno.UnsafeCallback.threadSafe(FAIL_DELAY, () => {});
  readonly #pam: Pam;
  readonly #answers: ReadonlyMap<number, Uint8Array | undefined>;
  readonly #callback: Deno.UnsafeCallback<typeof CONVERSATION>;

  constructor(pam: Pam, name: string, password: Uint8Array) {
    this.#pam = pam;
    this.#answers = new Map([
      [PAM_PROMPT_ECHO_OFF, password],
      [PAM_PROMPT_ECHO_ON, new TextEncoder().encode(name)],
      [PAM_ERROR_MSG, undefined],
      [PAM_TEXT_INFO, undefined],
    ]);
    this.#callback = Deno.UnsafeCallback.threadSafe(
      CONVERSATION,
      (count, messages, responses) => this.#answer(count, messages, responses),
    );
    const { pointer } = this.#callback;
    this.struct = new Uint8Array(
      BigUint64Array.of(Deno.UnsafePointer.value(pointer), 0n).buffer,
    );
  }

  /** Only when PAM is through with it. */
  [Symbol.dispose](): void {
    this.#callback.close();
    this.noDelay.close();
  }

  /** What `conv` in `struct pam_conv` does. */
  #answer(
    count: number,
    messages: Deno.PointerValue,
    responses: Deno.PointerValue,
  ): number {
    if (messages === null || responses === null) return PAM_CONV_ERR;
    if (count < 1 || count > PAM_MAX_NUM_MSG) return PAM_CONV_ERR;
    const styles = stylesOf(messages, count);
    if (!styles.every((style) => this.#answers.has(style))) return PAM_CONV_ERR;

    const array = this.#pam.calloc(BigInt(count), BigInt(RESPONSE_SIZE));
    if (array === null) return PAM_BUF_ERR;
    const fields = new DataView(
      Deno.UnsafePointerView.getArrayBuffer(array, count * RESPONSE_SIZE),
    );
    for (const [i, style] of styles.entries()) {
      const answer = this.#answers.get(style);
      if (answer) fields.setBigUint64(i * RESPONSE_SIZE, this.#copy(answer), true);
    }
    const target = new DataView(Deno.UnsafePointerView.getArrayBuffer(responses, POINTER_SIZE));
    target.setBigUint64(0, Deno.UnsafePointer.value(array), true);
    return PAM_SUCCESS;
  }

  /** A C string of its own for PAM, which wipes and frees it; 0, no answer, when memory is short. */
  #copy(answer: Uint8Array): bigint {
    const size = answer.length + 1;
    const memory = this.#pam.calloc(BigInt(size), 1n);
    if (memory === null) return 0n;
    new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(memory, size)).set(answer);
    return Deno.UnsafePointer.value(memory);
  }
}

/** The styles of messages, to which Linux-PAM gives an array of pointers. */
function stylesOf(messages: Deno.PointerObject, count: number): number[] {
  const pointers = new Deno.UnsafePointerView(messages);
  return Array.from({ length: count }, (_, i) => {
    const message = pointers.getPointer(i * POINTER_SIZE);
    return message === null ? 0 : new Deno.UnsafePointerView(message).getInt32();
  });
}
