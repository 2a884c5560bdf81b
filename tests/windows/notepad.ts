import { until } from "../support/until.ts";
import type { Windows } from "../support/wine/windows.ts";

/** Opens Notepad, which gets the keyboard, and waits until it is there. */
export async function openNotepad(windows: Windows): Promise<void> {
  windows.spawn(["notepad"]);
  const search = ["search", "--onlyvisible", "--name", "Notepad"];
  await until(
    "Notepad",
    () => windows.server.run("xdotool", search).then(Boolean, () => undefined),
  );
}
