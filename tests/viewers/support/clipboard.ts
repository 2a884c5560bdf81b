import { assertEquals } from "@std/assert";
import { until } from "../../support/until.ts";
import type { Xvfb } from "../../support/xvfb.ts";
import { Program } from "./program.ts";

/** Makes text a display's clipboard, until disposed of. */
export async function copy(screen: Xvfb, text: string): Promise<Program> {
  const owner = new Program("xclip", {
    args: ["-in", "-selection", "clipboard", "-quiet"],
    env: screen.env,
  });
  await owner.write(text);
  await owner.closeInput();
  await until("the text is copied", async () => await paste(screen) === text ? true : undefined);
  return owner;
}

/** A display's clipboard; empty where there is none. */
export async function paste(screen: Xvfb): Promise<string> {
  return await screen.run("xclip", ["-out", "-selection", "clipboard"]).catch(() => "");
}

/** Fails unless a text comes to be in a display's clipboard. */
export async function assertPastes(screen: Xvfb, text: string): Promise<void> {
  let found = "";
  await until("the text arrives", async () => {
    found = await paste(screen);
    return found === text ? true : undefined;
  }).catch(() => assertEquals(found, text));
}
