import { assert, assertEquals, assertMatch } from "@std/assert";
import { OWN_ADDRESS } from "../support/tcp_viewer.ts";
import { until } from "../support/until.ts";
import { VncdHome } from "../support/vncd_home.ts";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { Typewriter } from "../viewers/support/typewriter.ts";
import { Chromium } from "./support/chromium.ts";
import { assertNotice } from "./support/notice.ts";
import type { DesktopPage } from "./support/desktop_page.ts";
import { typeKeys } from "./support/typing.ts";

const chromium = new Chromium();

/** noVNC's word on the console about a refusal. */
const REFUSAL = { expects: /Failed when connecting: Security negotiation failed/ };

/** Waits for the reason of a refusal in the dialog. */
async function assertRefused(page: DesktopPage, reason: RegExp): Promise<void> {
  const dialog = page.page.getByRole("dialog", { name: "Log in" });
  const alert = dialog.getByRole("alert");
  let found = "";
  await until("a reason is shown", async () => {
    found = await alert.textContent() ?? "";
    return reason.test(found) || undefined;
  }).catch(() => assertMatch(found, reason));
  assertEquals(await dialog.getByLabel("Password").isEditable(), true);
}

Deno.test("after a wrong password it says so, and takes the right one", async () => {
  await using server = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, REFUSAL);
  await page.reaches("login");
  await page.logIn({ password: "open down" });
  await assertRefused(page, /^Wrong (name or )?password\.$/);
  // The wrong one is selected: what is typed takes its place.
  await page.page.keyboard.type("open up");
  await page.page.keyboard.press("Enter");
  await page.reaches("connected");
});

Deno.test("failed logins in a browser lock out, too", async () => {
  await using server = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, REFUSAL);
  await page.reaches("login");
  for (let i = 0; i < 6; i++) {
    await page.logIn({ password: `guess ${i}` });
    await assertRefused(page, /^Wrong (name or )?password\.$/);
  }
  await page.logIn({ password: "open up" });
  await page.reaches("reconnecting");
  // As long as the lock-out, not the second of a first retry.
  const notice = /Too many failed attempts\.\s+Next try in (9|10) s/;
  await assertNotice(page, notice, "Can’t connect yet");
});

/** A vncd with accounts: alice may do all, bob may watch. */
class Accounts extends VncdHome {
  readonly #file = `${this.path}/users`;

  async share(display: string) {
    for (const [name, rights] of [["alice", "all"], ["bob", "view"]] as const) {
      const args = ["user", name, rights, "--users", this.#file];
      const { code, stderr } = await this.run(args, `${name}'s secret\n${name}'s secret\n`);
      assertEquals([code, stderr], [0, ""]);
    }
    return await this.startWith([
      ...["--desktop", "x11", "--display", display, "--users", this.#file],
      ...["--listen", "127.0.0.1", "--port", "0"],
    ]);
  }
}

Deno.test("accounts have a name and rights", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  using accounts = new Accounts();
  await using vncd = await accounts.share(desk.display);
  const url = `http://127.0.0.1:${vncd.port}/`;

  await using bob = await chromium.open(url, REFUSAL);
  await bob.reaches("login");
  const dialog = bob.page.getByRole("dialog", { name: "Log in" });
  const focused = () => dialog.locator(":focus").getAttribute("id");
  await dialog.getByText("Leave empty if you have only a password").waitFor();
  assertEquals(await focused(), "login-password");
  await bob.logIn({ password: "bob's secret" });
  await assertRefused(bob, /^Wrong name or password\.$/);
  // The name may be all that is missing.
  assertEquals(await focused(), "login-user");
  await bob.logIn({ name: "bob", password: "alice's secret" });
  await assertRefused(bob, /^Wrong name or password\.$/);
  assertEquals(await focused(), "login-password");
  await bob.logIn({ name: "bob", password: "bob's secret" });
  await bob.reaches("connected");
  await typeKeys(bob.page, "bob was here\n");

  await using alice = await chromium.open(url);
  await alice.reaches("login");
  await alice.logIn({ name: "alice", password: "alice's secret" });
  await alice.reaches("connected");
  await typeKeys(alice.page, "alice was here\n");
  await typewriter.assertTyped("alice was here\n");
});

Deno.test("who only wants to watch types nothing", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  const setViewOnly = (isOn: boolean) =>
    page.inPanel("Settings", (inner) => inner.getByLabel("View only").setChecked(isOn));
  await setViewOnly(true);
  await page.canvas.focus();
  await typeKeys(page.page, "only watching\n");
  await setViewOnly(false);
  await page.canvas.focus();
  await typeKeys(page.page, "not any more\n");
  await typewriter.assertTyped("not any more\n");
});

Deno.test("cancelling the login ends in a page from which one connects again", async () => {
  await using server = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("login");
  await page.page.keyboard.press("Escape");
  await page.reaches("disconnected");
  await page.button("Connect").click();
  await page.reaches("login");
  await page.logIn({ password: "open up" });
  await page.reaches("connected");
});

Deno.test("no password is stored anywhere in the browser", async () => {
  await using server = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("login");
  await page.logIn({ password: "open up" });
  await page.reaches("connected");
  await page.wantExact();
  const stored = JSON.stringify(await page.context.storageState({ indexedDB: true }));
  assert(stored.includes("quality"), "it stores its settings");
  assert(!stored.includes("open up"), stored);
  assertEquals(await page.page.evaluate("JSON.stringify(sessionStorage)"), "{}");
  assert(!await page.page.content().then((html) => html.includes("open up")));
  assertEquals(await page.page.locator("input[type=password]").inputValue(), "");
  await page.page.reload();
  await page.reaches("login");
});

Deno.test({
  name: "without encryption the page warns first, and leads to https",
  ignore: OWN_ADDRESS === undefined,
  async fn() {
    await using server = await startServer({
      password: "open up",
      args: ["--listen", OWN_ADDRESS!],
    });
    const place = `${OWN_ADDRESS}:${server.port}/`;
    // noVNC's own warning, for those who put it into their pages.
    const expects = /noVNC requires a secure context/;
    await using page = await chromium.open(`http://${place}`, { expects });
    const warning = page.page.getByRole("dialog", { name: "Not encrypted" });
    await warning.waitFor();
    assertMatch(await warning.textContent() ?? "", /certificate[^]*SHA-256 fingerprint/);
    assertEquals(
      await warning.getByRole("link", { name: "Use https" }).getAttribute("href"),
      `https://${place}`,
    );
    await warning.getByRole("button", { name: "Go on without encryption" }).click();
    await page.reaches("login");
    await page.logIn({ password: "open up" });
    await page.reaches("connected");

    await page.page.evaluate("sessionStorage.clear()");
    await page.page.reload();
    await warning.getByRole("link", { name: "Use https" }).click();
    await page.page.waitForURL(`https://${place}`);
    await page.reaches("login");
    await page.logIn({ password: "open up" });
    await page.reaches("connected");
  },
});
