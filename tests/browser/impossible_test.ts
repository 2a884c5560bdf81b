import { assertStringIncludes } from "@std/assert";
import { OWN_ADDRESS } from "../support/tcp_viewer.ts";
import { startServer } from "../viewers/support/server.ts";
import { Chromium } from "./support/chromium.ts";

const chromium = new Chromium();

/** noVNC's words about the lack of a secure context, and about the refusal. */
const COMPLAINTS = { expects: /secure context|Failed when connecting/ };

Deno.test({
  name: "where nobody can log in without https, the page says so, and doesn't try again and again",
  ignore: OWN_ADDRESS === undefined,
  async fn() {
    await using server = await startServer({
      password: "open up",
      args: ["--listen", OWN_ADDRESS!, "--security", "encrypted"],
    });
    const url = `http://${OWN_ADDRESS}:${server.port}/`;
    await using page = await chromium.open(url, COMPLAINTS);
    await page.page.getByRole("button", { name: "Go on without encryption" }).click();
    await page.reaches("disconnected");
    assertStringIncludes(
      await page.page.locator("body").innerText(),
      "Logging in here needs https.",
    );
  },
});
