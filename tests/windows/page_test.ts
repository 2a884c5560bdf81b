// The page for browsers, from a vncd on Windows.

import { assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { startWindows } from "../support/wine/windows.ts";
import { takeScreenshot } from "../support/xwd.ts";
import { Chromium } from "../browser/support/chromium.ts";
import { typeKeys } from "../browser/support/typing.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { bringVncd, RunningOnWindows } from "./vncd_exe.ts";
import { openNotepad } from "./notepad.ts";

const chromium = new Chromium();

for (const scheme of ["http", "https"]) {
  Deno.test(`the page by ${scheme} shows Windows pixel for pixel, and types there`, async () => {
    await using windows = await startWindows();
    await bringVncd(windows);
    await openNotepad(windows);
    await Deno.writeTextFile(join(windows.folder, "passwords"), "open up\n");
    const vncd = await RunningOnWindows.start(windows, ["--password-file=Z:\\tmp\\passwords"]);
    // Over https by the certificate that it has made there.
    await using page = await chromium.open(`${scheme}://127.0.0.1:${vncd.port}/`);
    await page.reaches("login");
    await page.logIn({ password: "open up" });
    await page.reaches("connected");
    await page.wantExact();
    const shown = () => takeScreenshot(windows.server);
    await assertSees(() => page.look(), shown);
    const before = await page.look();
    await page.canvas.focus();
    await typeKeys(page.page, "Grüße\n");
    await assertSees(() => page.look(), shown);
    assertNotEquals(await page.look(), before);
  });
}
