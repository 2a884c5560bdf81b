import { assert } from "@std/assert";
import type { Stream } from "../support/test_viewer.ts";
import { connectFrom } from "../support/tcp_viewer.ts";
import type { RunningVncd } from "../support/vncd.ts";
import { VncdHome } from "../support/vncd_home.ts";

/** The name that the page on proxies has in its configurations. */
export const NAME = "vnc.example.org";

/** Where the proxies' clients connect from: not from where the proxies themselves do. */
export const CLIENT = "127.0.0.5";

export const PASSWORD = "open up";

/** A vncd that trusts the proxies of this machine, as the page on proxies has it. */
export class ProxiedDesktop implements AsyncDisposable {
  readonly vncd: RunningVncd;
  readonly #home: VncdHome;

  private constructor(vncd: RunningVncd, home: VncdHome) {
    this.vncd = vncd;
    this.#home = home;
  }

  /** @param args Others than those of the page. */
  static async start(
    args: readonly string[] = ["--trust-proxy", "127.0.0.1", "--web-names", NAME],
  ): Promise<ProxiedDesktop> {
    const home = new VncdHome();
    try {
      const file = home.write("password", PASSWORD);
      return new ProxiedDesktop(await home.start("--password-file", file, ...args), home);
    } catch (error) {
      home[Symbol.dispose]();
      throw error;
    }
  }

  get port(): number {
    return this.vncd.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.vncd[Symbol.asyncDispose]();
    this.#home[Symbol.dispose]();
  }
}

/** A connection from {@linkcode CLIENT} to a port of this machine. */
export function connectClient(port: number): Promise<Stream> {
  return connectFrom(CLIENT, "127.0.0.1", port);
}

/** A port that nobody has at the moment. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  assert(listener.addr.transport === "tcp");
  return listener.addr.port;
}
