import { assertEquals } from "@std/assert";
import type { Xvfb } from "../../support/xvfb.ts";
import { Recorder, until } from "../recorder.ts";
import { startX11 } from "./rig.ts";

const TEXT = "héllo € 漢 🙂\nand more\t";

/** Makes xclip own a selection; it stays until another program takes it over. */
async function copy(server: Xvfb, selection: string, text: string): Promise<void> {
  const xclip = server.spawn("xclip", ["-quiet", "-selection", selection], { stdin: "piped" });
  const writer = xclip.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
}

function paste(server: Xvfb, selection: string, target = "UTF8_STRING"): Promise<string> {
  return server.run("xclip", ["-o", "-selection", selection, "-t", target]);
}

for (const selection of ["clipboard", "primary"]) {
  Deno.test(`x11 clipboard: programs get our text, ${selection}`, async () => {
    await using rig = await startX11();
    const { server, desktop } = rig;
    for (const text of [TEXT, "second", "", "x".repeat(500_000)]) {
      desktop.setClipboard({ text });
      assertEquals(await paste(server, selection), text);
    }
    desktop.setClipboard({ text: "é€" });
    assertEquals(await paste(server, selection, "text/plain;charset=utf-8"), "é€");
    assertEquals(await paste(server, selection, "TEXT"), "é€");
    // The lone byte of Latin-1's é is no UTF-8.
    assertEquals(await paste(server, selection, "STRING"), "\ufffd?");
    const targets = (await paste(server, selection, "TARGETS")).trim().split("\n").sort();
    assertEquals(targets, ["STRING", "TARGETS", "TEXT", "UTF8_STRING", "text/plain;charset=utf-8"]);
  });

  Deno.test(`x11 clipboard: we hear of a program's text, ${selection}`, async () => {
    await using rig = await startX11();
    const recorder = new Recorder();
    rig.desktop.watch(recorder);
    for (const text of [TEXT, "second", "x".repeat(100_000)]) {
      await copy(rig.server, selection, text);
      await until("the text", () => recorder.texts.at(-1) === text);
    }
    assertEquals(recorder.texts.length, 3);
  });
}

Deno.test("x11 clipboard: our own text is no news, whoever offers it", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  rig.desktop.setClipboard({ text: "ours" });
  await copy(rig.server, "clipboard", "ours");
  // xclip offers its text as less than we do. That it serves us, too, takes another moment.
  const targets = () => paste(rig.server, "clipboard", "TARGETS");
  await until("xclip's offer", async () => !(await targets()).includes("text/plain"));
  for (let i = 0; i < 3; i++) await targets();
  await copy(rig.server, "primary", "theirs");
  await until("their text", () => recorder.texts.length > 0);
  assertEquals(recorder.texts, ["theirs"]);
});

Deno.test("x11 clipboard: a text that was ours is news again after another", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  rig.desktop.setClipboard({ text: "ours" });
  for (const text of ["theirs", "ours"]) {
    await copy(rig.server, "clipboard", text);
    await until("the text", () => recorder.texts.at(-1) === text);
  }
  assertEquals(recorder.texts, ["theirs", "ours"]);
});

Deno.test("x11 clipboard: a text in both selections is told once", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  const offered = (selection: string) => paste(rig.server, selection).catch(() => "");
  for (const [selection, text] of [["clipboard", "same"], ["primary", "same"], ["primary", "z"]]) {
    await copy(rig.server, selection!, text!);
    await until("the copy", async () => await offered(selection!) === text);
  }
  await until("the last text", () => recorder.texts.includes("z"));
  assertEquals(recorder.texts, ["same", "z"]);
});

Deno.test("x11 clipboard: each watcher is told, also what one before it was", async () => {
  await using rig = await startX11();
  for (let i = 0; i < 2; i++) {
    const recorder = new Recorder();
    rig.desktop.watch(recorder);
    await copy(rig.server, "clipboard", "again");
    await until("the text", () => recorder.texts.length > 0);
    rig.desktop.unwatch();
  }
});

Deno.test("x11 clipboard: our text is there for as long as the desktop is open", async () => {
  await using rig = await startX11();
  rig.desktop.watch(new Recorder());
  rig.desktop.setClipboard({ text: "kept" });
  rig.desktop.unwatch();
  assertEquals(await paste(rig.server, "clipboard"), "kept");
});

Deno.test("x11 clipboard: what is copied is never logged", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  rig.desktop.setClipboard({ text: "secret-1" });
  await copy(rig.server, "clipboard", "secret-2");
  await until("the text", () => recorder.texts.length > 0);
  await copy(rig.server, "primary", "secret-3".repeat(1_000_000));
  await until("a refusal", () => rig.logged.some((line) => line.includes("clipboard")));
  assertEquals(rig.logged.filter((line) => line.includes("secret")), []);
});
