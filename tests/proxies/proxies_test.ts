import { assertEquals, assertMatch } from "@std/assert";
import { Chromium } from "../browser/support/chromium.ts";
import type { DesktopPage } from "../browser/support/desktop_page.ts";
import { LOGINS, outcome } from "../support/logins.ts";
import { connectViewer, OWN_ADDRESS } from "../support/tcp_viewer.ts";
import { until } from "../support/until.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { type Server, startServer } from "../viewers/support/server.ts";
import { buildStage, type Stage } from "../viewers/support/stage.ts";
import { CADDY, HAPROXY, HAPROXY_TCP, NGINX } from "./support/kinds.ts";
import { PROXY_ADDRESS, startProxy } from "./support/proxy.ts";

const chromium = new Chromium();

const PASSWORD = "open up";
const TRUSTING = ["--trust-proxy", "127.0.0.1"];

function share({ desk }: Stage, ...args: readonly string[]): Promise<Server> {
  return startServer({ display: desk.display, password: PASSWORD, args });
}

/** Opens a page, also where it isn't encrypted, logs in, and compares what it shows. */
async function assertWorks(page: DesktopPage, { scene }: Stage): Promise<void> {
  if (page.page.url().startsWith("http:") && PROXY_ADDRESS === OWN_ADDRESS) {
    await page.button("Go on without encryption").click();
  }
  await page.reaches("login");
  await page.logIn({ password: PASSWORD });
  await page.reaches("connected");
  await page.wantExact();
  await assertSees(() => page.look(), () => scene.picture());
}

/** noVNC's own warning, where there is no encryption. */
const WARNING = { expects: /noVNC requires a secure context/ };

for (const kind of [NGINX, CADDY, HAPROXY]) {
  Deno.test(`the page works below a path behind ${kind.name}`, async (t) => {
    await using stage = await buildStage();
    await using server = await share(stage, ...TRUSTING);
    await using proxy = await startProxy(kind, server.port);
    for (const scheme of ["http", "https"] as const) {
      await t.step(scheme, async () => {
        const url = `${scheme}://${PROXY_ADDRESS}:${proxy[scheme]}/desk/`;
        await using page = await chromium.open(url, WARNING);
        await assertWorks(page, stage);
      });
    }
    await t.step("vncd knows who it is", async () => {
      await until(
        "the log says so",
        () => server.log().includes(` ${PROXY_ADDRESS} through 127.0.0.1:`) || undefined,
      );
    });
  });
}

Deno.test("behind HAProxy's PROXY protocol there are viewers and browsers on one port", async (t) => {
  await using stage = await buildStage();
  await using server = await share(stage, ...TRUSTING);
  await using proxy = await startProxy(HAPROXY_TCP, server.port);
  for (const scheme of ["http", "https"] as const) {
    await t.step(`a browser over ${scheme}`, async () => {
      await using page = await chromium.open(
        `${scheme}://${PROXY_ADDRESS}:${proxy[scheme]}/`,
        WARNING,
      );
      await assertWorks(page, stage);
    });
  }
  await t.step("TLS of vncd's own", async () => {
    await using page = await chromium.open(`https://${PROXY_ADDRESS}:${proxy.http}/`);
    await assertWorks(page, stage);
  });
  await t.step("a viewer", async () => {
    const viewer = await connectViewer(proxy.http, { to: PROXY_ADDRESS });
    assertEquals(await outcome(viewer, LOGINS.ra2_256({ password: PASSWORD })), "in");
    viewer.close();
  });
  assertMatch(server.log(), new RegExp(` ${PROXY_ADDRESS}:\\d+`));
});

Deno.test("whom vncd doesn't trust can't say whose connection it is", async () => {
  await using server = await startServer({ password: PASSWORD });
  await using proxy = await startProxy(HAPROXY_TCP, server.port);
  const answer = await fetch(`http://${PROXY_ADDRESS}:${proxy.http}/`).then(
    async (response) => `${response.status} ${await response.text()}`,
    () => "closed",
  );
  assertEquals(answer, "closed");
  await until("the log says why", () => server.log().includes("--trust-proxy") || undefined);
});
