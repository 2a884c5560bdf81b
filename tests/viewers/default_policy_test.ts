// What viewers do with what vncd offers by default: the README's table is written from this.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { NoVnc, type NoVncCredentials } from "../support/novnc/novnc.ts";
import {
  choiceOf,
  type DefaultVncd,
  KNOWN,
  type Known,
  PLACES,
  startDefault,
} from "./support/default_policy.ts";
import { Middleman } from "./support/middleman.ts";
import { TigerVnc, UNKNOWN_ISSUER } from "./support/tigervnc.ts";
import { trustingGvnccapture } from "./support/trusting.ts";
import { compileVncget, Vncget, type VncgetOptions, type VncgetProgram } from "./support/vncget.ts";

/** The log's line about a viewer that doesn't know the certificate. */
const INSIDE =
  "gone (closed inside the TLS handshake, as viewers do that don't know the certificate)";
const BEHIND =
  "gone (closed right behind the TLS handshake, as viewers do that don't know the certificate)";

const withName = (known: Known) => ({ username: "anybody", ...known });

async function tigerVnc(port: number, known: Known): Promise<void> {
  await using viewer = await TigerVnc.start({ port, ...withName(known), security: "default" });
  await viewer.answer(UNKNOWN_ISSUER, "Return");
  await viewer.window();
}

/** gtk-vnc, which trusts the certificate in that text. */
async function gtkVnc(port: number, known: Known, trusted: string): Promise<void> {
  const { username, password } = withName(known);
  await using viewer = await trustingGvnccapture(port, trusted, [username, password]);
  await viewer.program.expect(/Saved display to/);
}

async function gtkVncWithoutTrust(port: number, { vncd }: DefaultVncd): Promise<void> {
  await using viewer = await trustingGvnccapture(port, undefined, []);
  await viewer.program.expect(/Unable to connect/);
  await vncd.logs(BEHIND);
}

type Knowledge = Omit<VncgetOptions, "port" | "encodings">;

async function libvncclient(vncget: VncgetProgram, port: number, knows: Knowledge): Promise<void> {
  await using viewer = await Vncget.start(vncget, { port, ...knows, encodings: "raw" });
  await viewer.program.expect(/^size \d+ \d+$/m);
}

async function libvncclientRefuses(
  vncget: VncgetProgram,
  port: number,
  knows: Knowledge,
  { vncd }: DefaultVncd,
): Promise<void> {
  await using viewer = await Vncget.start(vncget, { port, ...knows, encodings: "raw" });
  await viewer.program.ended();
  assertStringIncludes(
    viewer.program.output,
    knows.username === undefined
      ? "GetCredential callback is not set"
      : "No CA certificate provided",
  );
  await vncd.logs(INSIDE);
}

async function noVnc(port: number, knows: NoVncCredentials): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const viewer = new NoVnc((bytes) => void connection.write(bytes.slice()).catch(() => {}), knows);
  const chunk = new Uint8Array(65536);
  while (viewer.picture.width === 0) {
    const length = await connection.read(chunk);
    if (length === null) throw new Error("vncd hung up");
    viewer.receive(chunk.subarray(0, length));
  }
}

for (const [what, known] of Object.entries(KNOWN)) {
  Deno.test(`by default, with ${what}: what viewers choose, and whether they get in`, async (t) => {
    await using vncget = await compileVncget();
    await using started = await startDefault(known);
    const certificate = await Deno.readTextFile(started.certificate);
    const x509 = what === "a short password" ? "19:261" : "19:262";
    const viewers: Record<string, [choice: string, come: (port: number) => Promise<void>]> = {
      "TigerVNC 1.12": [x509, (port) => tigerVnc(port, known)],
      "gtk-vnc with the certificate": ["19:262", (port) => gtkVnc(port, known, certificate)],
      "gtk-vnc without": ["19:262", (port) => gtkVncWithoutTrust(port, started)],
      "libvncclient with the certificate": [
        x509,
        (port) =>
          libvncclient(vncget, port, { ...withName(known), certificate: started.certificate }),
      ],
      "libvncclient without": [
        x509,
        (port) => libvncclientRefuses(vncget, port, withName(known), started),
      ],
      "libvncclient that asks for nothing but passwords": [
        x509,
        (port) => libvncclientRefuses(vncget, port, { password: known.password }, started),
      ],
      "noVNC": ["6", (port) => noVnc(port, known)],
    };
    for (const [place, host] of Object.entries(PLACES)) {
      for (const [viewer, [choice, come]] of Object.entries(viewers)) {
        await t.step(`${viewer}, from ${place}: ${choice}`, async () => {
          await using middleman = new Middleman(started.vncd.port, undefined, host);
          await come(middleman.port);
          assertEquals(choiceOf(middleman.sent.viewer), choice);
        });
      }
    }
  });
}
