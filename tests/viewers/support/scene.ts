import { join } from "node:path";
import type { Xvfb } from "../../support/xvfb.ts";
import { setCursor } from "./cursor.ts";
import { writePhoto } from "./photo.ts";
import type { Picture } from "./picture.ts";
import { restingScreenshot } from "./screenshot.ts";
import { findWindow } from "./window.ts";

/** The windows, and between which places each of them moves. */
const PATHS = {
  text: [[20, 20], [60, 50]],
  log: [[330, 250], [180, 190]],
  photo: [[560, 40], [470, 360]],
} as const;
type WindowName = keyof typeof PATHS;

const STEPS = 15;
const BACKGROUNDS = [["16", "#204060", "#305070"], ["5", "#603020", "#e0c080"]] as const;

/**
 * A desktop with something on it of each kind that encoders treat differently: plain areas, a
 * pattern, smooth and pixelled text, a picture with noise in it.
 *
 * Nothing on it blinks, its pointer rests in a corner with no shape, and after {@linkcode burst} it
 * comes to rest by itself.
 */
export class Scene {
  readonly #desk: Xvfb;
  readonly #directory: string;
  readonly #ids = new Map<WindowName, string>();
  #bursts = 0;

  private constructor(desk: Xvfb, directory: string) {
    this.#desk = desk;
    this.#directory = directory;
  }

  /**
   * Sets the scene on a display of 800x600 or more.
   * @param directory For its files; to be kept while the display runs.
   */
  static async set(desk: Xvfb, directory: string): Promise<Scene> {
    const scene = new Scene(desk, directory);
    await scene.#hidePointer();
    await Promise.all([
      scene.#openTerminal("text", ["-fa", "DejaVu Sans Mono", "-fs", "11"]),
      scene.#openTerminal("log", ["-fn", "fixed", "-bg", "black", "-fg", "gray90"]),
      scene.#openPhoto(),
    ]);
    await scene.burst();
    return scene;
  }

  /** What it shows once it is at rest. */
  picture(): Promise<Picture> {
    return restingScreenshot(this.#desk);
  }

  /** Moves windows, scrolls text and changes the background, all at once; ends when all is done. */
  async burst(): Promise<void> {
    const number = ++this.#bursts;
    const [size, dark, light] = BACKGROUNDS[number % BACKGROUNDS.length]!;
    await Promise.all([
      this.#print("text", number, 60),
      this.#print("log", number, 600),
      ...[...this.#ids].map(([name, id]) => this.#move(name, id, number)),
      this.#desk.run("xsetroot", ["-mod", size, size, "-fg", light, "-bg", dark]),
    ]);
  }

  async #hidePointer(): Promise<void> {
    await setCursor(this.#desk, [" "]);
    await this.#desk.run("xdotool", ["mousemove", "9999", "9999"]);
  }

  async #openTerminal(name: "text" | "log", look: readonly string[]): Promise<void> {
    await Deno.writeTextFile(this.#file(name), "");
    this.#desk.spawn("xterm", [
      ...["-name", name, "-geometry", `50x18+${PATHS[name][0].join("+")}`, "-b", "0", ...look],
      ...["-e", "tail", "-n", "+1", "-f", this.#file(name)],
    ]);
    await this.#find(name, ["--classname", `^${name}$`]);
  }

  async #openPhoto(): Promise<void> {
    await writePhoto(this.#file("photo"), 220, 200);
    this.#desk.spawn("xwud", ["-in", this.#file("photo"), "-noclick"]);
    await this.#find("photo", ["--name", "photo"]);
  }

  async #find(name: WindowName, criterion: readonly string[]): Promise<void> {
    this.#ids.set(name, await findWindow(this.#desk, criterion));
  }

  async #move(name: WindowName, id: string, burst: number): Promise<void> {
    const [from, to] = burst % 2 === 0 ? PATHS[name] : PATHS[name].toReversed();
    const steps = Array.from({ length: STEPS }, (_, i) => {
      const place = [0, 1].map((axis) => from![axis]! + (to![axis]! - from![axis]!) * i / STEPS);
      return ["windowmove", id, ...place.map((at) => String(Math.round(at))), "sleep", "0.02"];
    });
    await this.#desk.run("xdotool", steps.flat());
  }

  /** Appends lines of coloured text to what a terminal shows, and waits until it shows them. */
  async #print(name: "text" | "log", burst: number, count: number): Promise<void> {
    const lines = Array.from(
      { length: count },
      (_, i) =>
        `${burst}.${i} \x1b[${31 + (i + burst) % 6}mthe quick brown fox\x1b[0m ${i * i}\r\n`,
    );
    const done = `${name}-${burst}-done`;
    // The sequence at the end sets the window's title, when the terminal has got that far.
    await Deno.writeTextFile(this.#file(name), `${lines.join("")}\x1b]2;${done}\x07`, {
      append: true,
    });
    await findWindow(this.#desk, ["--name", done]);
  }

  #file(name: WindowName): string {
    return join(this.#directory, name);
  }
}
