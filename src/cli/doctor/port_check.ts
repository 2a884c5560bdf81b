import { messageOf } from "../../log.ts";
import { argumentName } from "../options.ts";
import type { Check, Finding } from "./check.ts";
import { portOwner } from "./port_owner.ts";

/** Milliseconds that whoever has the port gets to say what it is. */
const PATIENCE = 500;

/** Whether the ports are free that vncd would listen at. */
export const portCheck: Check = {
  name: "port",
  look: async ({ options, os }) => {
    const ownerOf = os === "windows" ? portOwner : () => undefined;
    const findings: Finding[] = [];
    for (const key of ["port", "webPort"] as const) {
      const port = options[key];
      if (port) {
        findings.push(
          await lookAt(port, argumentName(key), options.listen ?? "0.0.0.0", ownerOf),
        );
      }
    }
    return findings;
  },
};

async function lookAt(
  port: number,
  option: string,
  hostname: string,
  ownerOf: (port: number) => string | undefined,
): Promise<Finding> {
  try {
    Deno.listen({ port, hostname }).close();
    return { verdict: "ok", says: `port ${port} is free` };
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) {
      return { verdict: "problem", says: `can't listen at port ${port}: ${messageOf(error)}` };
    }
    const owner = ownerOf(port);
    const kind = (await greetingAt(port)).startsWith("RFB") ? "a VNC server" : undefined;
    const who = kind === undefined
      ? owner
      : [kind, ...owner === undefined ? [] : [owner]].join(", ");
    return {
      verdict: "warn",
      says: `port ${port} is in use${who === undefined ? "" : ` by ${who}`}`,
      advice: [
        `If that isn't vncd itself, end what uses it, or choose another port: --${option}`,
      ],
    };
  }
}

/** What a program at a port says first; nothing where it waits to be spoken to. */
async function greetingAt(port: number): Promise<string> {
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const timer = setTimeout(() => connection.close(), PATIENCE);
    const bytes = new Uint8Array(12);
    const count = await connection.read(bytes);
    clearTimeout(timer);
    return new TextDecoder().decode(bytes.subarray(0, count ?? 0));
  } catch {
    return "";
  }
}
