import type { Connection } from "./connection.ts";
import { InputQueue } from "./input_queue.ts";
import { Keyboard } from "./keyboard.ts";
import { Pointer } from "./pointer.ts";
import type { PointerWatch } from "./pointer_watch.ts";
import { outInt } from "./structs.ts";

/** Keyboard and pointer, in the order of what viewers send. */
export class Input {
  readonly #connection: Connection;
  readonly #keyboard: Keyboard;
  readonly #pointer: Pointer;
  readonly #queue: InputQueue;

  private constructor(connection: Connection, watch: PointerWatch) {
    this.#connection = connection;
    this.#keyboard = new Keyboard(connection);
    this.#pointer = new Pointer(connection, watch);
    this.#queue = new InputQueue(() => {
      connection.log.warn("input came faster than it can be typed: some of it was dropped");
      this.releaseAll();
    });
    // Otherwise a program that grabs the server would lock out its viewers.
    connection.libraries.xtst!.XTestGrabControl(connection.display, 1);
  }

  /** `undefined` where the server or a library can't fake input (XTEST). */
  static create(connection: Connection, watch: PointerWatch): Input | undefined {
    const { display, libraries: { xtst } } = connection;
    const isAvailable = xtst !== undefined &&
      xtst.XTestQueryExtension(display, outInt(), outInt(), outInt(), outInt()) !== 0;
    return isAvailable ? new Input(connection, watch) : undefined;
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    this.#push(() => {
      if (down) return this.#keyboard.press(keysym, scancode);
      this.#keyboard.release(keysym, scancode);
      return 0;
    });
  }

  pointer(x: number, y: number, buttons: number, screen: { width: number; height: number }): void {
    this.#push(() => {
      this.#pointer.set(x, y, buttons, screen);
      return 0;
    });
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    this.#push(() => {
      this.#pointer.moveBy(dx, dy, buttons);
      return 0;
    });
  }

  /** Releases all keys and buttons, after what still waits to be typed. */
  finish(): void {
    this.#push(() => {
      this.#keyboard.releaseAll();
      this.#pointer.releaseAll();
      return 0;
    });
  }

  /** Drops what waits, and releases all keys and buttons. */
  releaseAll(): void {
    this.#queue.clear();
    if (!this.#connection.isAlive) return;
    this.#keyboard.releaseAll();
    this.#pointer.releaseAll();
    this.#connection.settle();
  }

  /** Leaves the keyboard as it was found. */
  close(): void {
    this.releaseAll();
    if (this.#connection.isAlive) this.#keyboard.close();
  }

  #push(step: () => number): void {
    this.#queue.push(() => {
      if (!this.#connection.isAlive) return 0;
      const wait = step();
      this.#connection.settle();
      return wait;
    });
  }
}
