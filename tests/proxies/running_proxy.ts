import { until } from "../support/until.ts";

/** A proxy's process. Disposing of it ends it. */
export class RunningProxy implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #said: Promise<string>;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#said = new Response(child.stderr).text();
  }

  /**
   * Starts a proxy and waits until it accepts connections.
   * @param folder Its home, and where it is started.
   * @throws {Error} With its complaint, when it ends instead.
   */
  static async start(
    folder: string,
    port: number,
    command: string,
    ...args: readonly string[]
  ): Promise<RunningProxy> {
    const options = { args: [...args], cwd: folder, env: { HOME: folder, XDG_DATA_HOME: folder } };
    const io = { stdin: "null", stdout: "null", stderr: "piped" } as const;
    const proxy = new RunningProxy(new Deno.Command(command, { ...options, ...io }).spawn());
    let ended = false;
    proxy.#child.status.then(() => ended = true);
    const accepts = async () => {
      if (ended) throw new Error(`${command} has ended: ${await proxy.#said}`);
      const connection = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
      connection?.close();
      return connection && true;
    };
    try {
      await until(`${command} accepts connections`, accepts);
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
    return proxy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
    await this.#said;
  }
}
