import { isLoopback } from "../rfb/addresses.ts";
import type { PasswordSource } from "./password_source.ts";

/** VNC calls port 5900 + n display n. */
const FIRST_PORT = 5900;
const DISPLAYS = 100;

/** What the banner says. */
export interface BannerFacts {
  /** What is shared: `X11 display :0`. */
  readonly title: string;
  /** Where vncd listens. */
  readonly addresses: readonly { readonly hostname: string; readonly port: number }[];
  /** The addresses of this machine's network interfaces. */
  readonly interfaces: readonly string[];
  readonly passwordSource: PasswordSource;
  readonly viewOnly: boolean;
}

/** An address that needs its interface's name, too, and so helps nobody. */
const isLinkLocal = (address: string) => /^fe[89ab].:/i.test(address);

/** The addresses at which viewers find what listens at `hostname`. */
function reachable(hostname: string, interfaces: readonly string[]): string[] {
  if (hostname !== "0.0.0.0" && hostname !== "::") return [hostname];
  const own = interfaces.filter((address) => !isLoopback(address) && !isLinkLocal(address));
  const fitting = hostname === "::" ? own : own.filter((address) => !address.includes(":"));
  return [...fitting, "localhost"];
}

function places({ addresses, interfaces }: BannerFacts): string[] {
  const lines = addresses.flatMap(({ hostname, port }) =>
    reachable(hostname, interfaces).map((address) => {
      const host = address.includes(":") ? `[${address}]` : address;
      const display = port - FIRST_PORT;
      const asDisplay = display >= 0 && display < DISPLAYS ? `  (${host}:${display})` : "";
      return `${host}:${port}${asDisplay}`;
    })
  );
  return [...new Set(lines)];
}

function passwordLines({ passwordSource: source }: BannerFacts): string[] {
  switch (source.from) {
    case "nowhere":
      return ["none: whoever can connect gets in"];
    case "chance":
      return [`${source.text}  (until vncd ends; "vncd passwd" sets a lasting one)`];
    case "file":
      return [
        `the one in ${source.file}`,
        ...(source.passwords.viewOnly ? ["or, to watch only, the second one in it"] : []),
      ];
  }
}

/** What vncd says when it is ready: what it shares, where to connect, and with which password. */
export function startBanner(facts: BannerFacts): string {
  const block = (label: string, lines: string[]) =>
    lines.map((line, i) => `  ${(i === 0 ? label : "").padEnd(11)} ${line}`);
  return [
    "vncd is ready.",
    "",
    ...block("Shares", [facts.title + (facts.viewOnly ? ", view only" : "")]),
    ...block("Connect to", places(facts)),
    ...block("Password", passwordLines(facts)),
    "",
  ].join("\n");
}
