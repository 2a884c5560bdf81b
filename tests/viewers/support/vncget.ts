import { join } from "node:path";
import { compile, type Compiled } from "./compile.ts";
import type { Picture } from "./picture.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";
import { until } from "../../support/until.ts";

/** The viewer on libvncclient, compiled. */
export type VncgetProgram = Compiled;

/** Compiles the viewer. */
export function compileVncget(): Promise<VncgetProgram> {
  return compile(new URL("./vncget.c", import.meta.url), "-lvncclient");
}

/** How {@linkcode Vncget.start} connects. */
export interface VncgetOptions {
  readonly port: number;
  readonly password?: string;
  /** Without one it takes part in no security type that asks for a name or a certificate. */
  readonly username?: string;
  /** The file of a certificate to trust. */
  readonly certificate?: string;
  /** As libvncclient names them, the preferred first: `copyrect hextile`. */
  readonly encodings: string;
  readonly bitsPerPixel?: 8 | 16 | 32;
  /** 0 to 9; it asks for no level when left out. */
  readonly compressLevel?: number;
  /** 0 to 9; it asks for no JPEG when left out. */
  readonly quality?: number;
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
    const { port, password, username, certificate, encodings, bitsPerPixel = 32 } = options;
    const { compressLevel = -1, quality = -1 } = options;
    await using resources = new AsyncDisposableStack();
    const scratch = resources.use(await tempDir());
    const program = resources.use(
      new Program(vncget.path, {
        args: [port, bitsPerPixel, encodings, compressLevel, quality].map(String),
        env: {
          ...password === undefined ? {} : { VNC_PASSWORD: password },
          ...username === undefined ? {} : { VNC_USERNAME: username },
          ...certificate === undefined ? {} : { VNC_CERTIFICATE: certificate },
        },
      }),
    );
    return new Vncget(program, scratch.path, resources.move());
  }

  /** What it has of the screen: channels as its pixel format has them, not scaled to 255. */
  look(): Promise<Picture> {
    const file = join(this.#directory, "dump");
    return this.#ask(`dump ${file}`, /^dumped$/m).then(() => readDump(file));
  }

  /** As `look`, but what it had when all of the screen had come for the first time. */
  firstLook(): Promise<Picture> {
    const file = join(this.#directory, "first");
    return until("all of the screen has come", async () => {
      const [answer] = await this.#ask(`first ${file}`, /^(dumped|incomplete)$/m);
      return answer === "dumped" ? await readDump(file) : undefined;
    });
  }

  /** The numbers of all encodings and pseudo-encodings that rectangles have come in. */
  async encodings(): Promise<number[]> {
    return (await this.#seen()).map(Number).filter((number) => !Number.isNaN(number));
  }

  /** Whether JPEG has come in Tight. */
  async hasSeenJpeg(): Promise<boolean> {
    return (await this.#seen()).includes("jpeg");
  }

  /** How much has come until now: bytes, and CopyRect rectangles. */
  async traffic(): Promise<{ bytes: number; copies: number }> {
    const [, bytes, copies] = await this.#ask("traffic", /^traffic (\d+) (\d+)$/m);
    return { bytes: Number(bytes), copies: Number(copies) };
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

  async #seen(): Promise<string[]> {
    const [, words] = await this.#ask("encodings", /^encodings(.*)$/m);
    return words!.split(" ").filter((word) => word !== "");
  }

  async #ask(command: string, answer: RegExp): Promise<RegExpMatchArray> {
    const start = this.program.output.length;
    await this.program.write(`${command}\n`);
    return await this.program.expect(answer, start);
  }
}

async function readDump(file: string): Promise<Picture> {
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
