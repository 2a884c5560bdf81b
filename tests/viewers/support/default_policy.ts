// vncd as its command line starts it without --security, and what viewers choose of what it offers.

import { formatHash, hashPassword } from "../../../src/security/accounts/scrypt.ts";
import { BUILT_ENV } from "../../support/built_vncd.ts";
import { OWN_ADDRESS } from "../../support/tcp_viewer.ts";
import type { RunningVncd } from "../../support/vncd.ts";
import { VncdHome } from "../../support/vncd_home.ts";

/** What one has to know to get in. */
export interface Known {
  readonly username?: string;
  readonly password: string;
}

/** The ways to start it, by what it takes to get in. */
export const KNOWN: Readonly<Record<string, Known>> = {
  "a short password": { password: "open up" },
  "a long password": { password: "open up, sesame" },
  "an account": { username: "zoe", password: "open up, sesame" },
};

/** Where viewers can be: the addresses that they reach vncd at. */
export const PLACES: Readonly<Record<string, string>> = {
  "this machine": "127.0.0.1",
  ...OWN_ADDRESS === undefined ? {} : { "elsewhere": OWN_ADDRESS },
};

/** A vncd, and the file with its certificate. */
export interface DefaultVncd extends AsyncDisposable {
  readonly vncd: RunningVncd;
  readonly certificate: string;
}

export async function startDefault({ username, password }: Known): Promise<DefaultVncd> {
  await using resources = new AsyncDisposableStack();
  const home = resources.use(new VncdHome());
  const hash = await hashPassword(new TextEncoder().encode(password), { logN: 4, r: 1, p: 1 });
  const credentials = username === undefined
    ? ["--password-file", home.write("password", `${password}\n`)]
    : ["--users", home.write("users", `${username}:all:${formatHash(hash)}\n`)];
  const vncd = resources.use(await home.start("--listen", "0.0.0.0", ...credentials));
  const kept = resources.move();
  return {
    vncd,
    certificate: `${BUILT_ENV.XDG_STATE_HOME}/vncd/certificate.pem`,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/**
 * The security type that a viewer has chosen, with VeNCrypt's subtype behind its number: `19:262`.
 * @param sent All that it has sent, each byte as the character of that number.
 */
export function choiceOf(sent: string): string {
  const VERSION = 12, VENCRYPT = 19;
  const type = sent.charCodeAt(VERSION);
  if (type !== VENCRYPT) return `${type}`;
  const subtype = VERSION + 1 + 2;
  return `${type}:${sent.charCodeAt(subtype + 2) << 8 | sent.charCodeAt(subtype + 3)}`;
}
