import { join } from "node:path";
import { OWN_ADDRESS } from "../../support/tcp_viewer.ts";
import { until } from "../../support/until.ts";
import { Program } from "../../viewers/support/program.ts";
import { tempDir } from "../../viewers/support/temp_dir.ts";

/** Where a proxy listens, so that who connects has another address than the proxy has for vncd. */
export const PROXY_ADDRESS = OWN_ADDRESS ?? "127.0.0.1";

/** What a proxy's configuration is made of. */
export interface ProxySetting {
  /** vncd's port on 127.0.0.1. */
  readonly vncd: number;
  /** Free ports of {@linkcode PROXY_ADDRESS}. */
  readonly http: number;
  readonly https: number;
  /** A certificate and its key (PEM), and a file with both. */
  readonly certificate: string;
  readonly key: string;
  readonly both: string;
  /** For files of its own. */
  readonly folder: string;
}

/** A proxy, and how it is started by somebody who isn't root. */
export interface ProxyKind {
  readonly name: string;
  readonly program: string;
  args(configuration: string): readonly string[];
  configuration(setting: ProxySetting): string;
}

/** A running proxy in front of vncd. */
export interface Proxy extends AsyncDisposable {
  readonly http: number;
  readonly https: number;
}

/** Starts a proxy in front of the vncd at a port of 127.0.0.1, and waits until it listens. */
export async function startProxy(kind: ProxyKind, vncd: number): Promise<Proxy> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await tempDir()).path;
  const [certificate, key, both] = ["cert.pem", "key.pem", "both.pem"].map((name) =>
    join(folder, name)
  ) as [string, string, string];
  await makeCertificate(certificate, key);
  await Deno.writeTextFile(
    both,
    await Deno.readTextFile(certificate) + await Deno.readTextFile(key),
  );
  const [http, https] = freePorts(2) as [number, number];
  const configuration = join(folder, "configuration");
  await Deno.writeTextFile(
    configuration,
    kind.configuration({ vncd, http, https, certificate, key, both, folder }),
  );
  const program = stack.use(
    new Program(kind.program, {
      args: kind.args(configuration),
      env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    }),
  );
  for (const port of [http, https]) await listening(program, kind.name, port);
  const kept = stack.move();
  return { http, https, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function makeCertificate(certificate: string, key: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
      ...["-subj", "/CN=localhost", "-addext", `subjectAltName=IP:${PROXY_ADDRESS}`],
      ...["-keyout", key, "-out", certificate],
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Ports that nobody uses now: none of these proxies tells which one it found itself. */
function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: PROXY_ADDRESS, port: 0 }),
  );
  return listeners.map((listener) => {
    listener.close();
    return listener.addr.port;
  });
}

async function listening(program: Program, name: string, port: number): Promise<void> {
  await until(`${name} listens`, async () => {
    if (!program.running) throw new Error(`${name} has ended: ${program.output}`);
    try {
      (await Deno.connect({ hostname: PROXY_ADDRESS, port })).close();
      return true;
    } catch {
      return undefined;
    }
  });
}
