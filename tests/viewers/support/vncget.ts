import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Picture } from "./picture.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

const SOURCE = fileURLToPath(new URL("./vncget.c", import.meta.url));

/** The viewer on libvncclient, compiled. */
export interface VncgetProgram extends AsyncDisposable {
  readonly path: string;
}

/**
 * Compiles the viewer.
 * @throws {Error} With what the compiler said.
 */
export async function compileVncget(): Promise<VncgetProgram> {
  await using resources = new AsyncDisposableStack();
  const path = join(resources.use(await tempDir()).path, "vncget");
  const { success, stderr } = await new Deno.Command("cc", {
    args: ["-O1", "-Wall", "-Werror", "-o", path, SOURCE, "-lvncclient"],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const kept = resources.move();
  return { path, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** How {@linkcode Vncget.start} connects. */
export interface VncgetOptions {
  readonly port: number;
  readonly password?: string;
  /** As libvncclient names them, the preferred first: `copyrect hextile`. */
  readonly encodings: string;
  readonly bitsPerPixel?: 8 | 16 | 32;
}

/** A libvncclient viewer that does as it is told. */
export class Vncget implements AsyncDisposable {
  readonly program: Program;
  readonly #directory: string;
  readonly #resources: AsyncDisposableStack;

  private constructor(program: Program, directory: string, resources: AsyncDisposableStack) {
    this.program = program;
    this.#directory = directory;
    this.#resources = resources;
  }

  /** Starts the viewer; it may not have connected yet. */
  static async start(vncget: VncgetProgram, options: VncgetOptions): Promise<Vncget> {
    const { port, password, encodings, bitsPerPixel = 32 } = options;
    await using resources = new AsyncDisposableStack();
    const scratch = resources.use(await tempDir());
    const program = resources.use(
      new Program(vncget.path, {
        args: [String(port), String(bitsPerPixel), encodings],
        env: password === undefined ? {} : { VNC_PASSWORD: password },
      }),
    );
    return new Vncget(program, scratch.path, resources.move());
  }

  /** What it has of the screen: channels as its pixel format has them, not scaled to 255. */
  async look(): Promise<Picture> {
    const file = join(this.#directory, "dump");
    await this.#ask(`dump ${file}`, /^dumped$/m);
    const bytes = await Deno.readFile(file);
    const start = bytes.indexOf("\n".charCodeAt(0)) + 1;
    const [width, height] = new TextDecoder().decode(bytes.subarray(0, start)).split(" ").map(
      Number,
    );
    const pixels = Uint32Array.from(
      { length: width! * height! },
      (_, i) => {
        const at = start + i * 3;
        return bytes[at]! << 16 | bytes[at + 1]! << 8 | bytes[at + 2]!;
      },
    );
    return { width: width!, height: height!, pixels };
  }

  /** The numbers of all encodings and pseudo-encodings that rectangles have come in. */
  async encodings(): Promise<number[]> {
    const [, numbers] = await this.#ask("encodings", /^encodings(.*)$/m);
    return numbers!.split(" ").filter((word) => word !== "").map(Number);
  }

  /** Presses and releases a key, given by its keysym. */
  async key(keysym: number): Promise<void> {
    await this.program.write(`key ${keysym} 1\nkey ${keysym} 0\n`);
  }

  /** Moves the pointer; `buttons` is the protocol's mask, bit 0 the left one. */
  async pointer(x: number, y: number, buttons: number): Promise<void> {
    await this.program.write(`pointer ${x} ${y} ${buttons}\n`);
  }

  /** Sends text, one byte a character, as ClientCutText. */
  async cut(text: string): Promise<void> {
    const hex = [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0"));
    await this.program.write(`cut ${hex.join("")}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  async #ask(command: string, answer: RegExp): Promise<RegExpMatchArray> {
    const start = this.program.output.length;
    await this.program.write(`${command}\n`);
    return await this.program.expect(answer, start);
  }
}
