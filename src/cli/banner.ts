import { isLoopback } from "../rfb/addresses.ts";
import {
  encrypts,
  letsEverybodyIn,
  restOnVncAuth,
  type SecurityPolicy,
  VNC_PASSWORD_LENGTH,
} from "../security/policy.ts";
import type { Fingerprints } from "./keys.ts";
import { longestPassword, type PasswordSource } from "./password_source.ts";

/** VNC calls port 5900 + n display n. */
const FIRST_PORT = 5900;
const DISPLAYS = 100;

interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** What the banner says. */
export interface BannerFacts {
  /** What is shared: `X11 display :0`. */
  readonly title: string;
  /** Where vncd listens for viewers. */
  readonly addresses: readonly Address[];
  /** Where it listens for browsers. */
  readonly webAddresses: readonly Address[];
  /** The addresses of this machine's network interfaces. */
  readonly interfaces: readonly string[];
  readonly policy: SecurityPolicy;
  readonly passwordSource: PasswordSource;
  /** The file of the accounts, if there are any. */
  readonly users: string | undefined;
  /** Users of this system who may come in. */
  readonly systemUsers: readonly string[] | undefined;
  readonly fingerprints: Fingerprints;
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

const listed = (names: SecurityPolicy): string[] => names.length > 0 ? [names.join(", ")] : [];

/** The places at which others find what listens at `addresses`. */
function places(
  addresses: readonly Address[],
  interfaces: readonly string[],
  shown: (place: string, isLocal: boolean, port: number) => string,
): string[] {
  const lines = addresses.flatMap(({ hostname, port }) =>
    reachable(hostname, interfaces).map((address) => {
      const host = address.includes(":") ? `[${address}]` : address;
      return shown(host, address === "localhost" || isLoopback(address), port);
    })
  );
  return [...new Set(lines)];
}

/** `192.0.2.2:5900  (192.0.2.2:0)` */
function viewerPlaces({ addresses, interfaces }: BannerFacts): string[] {
  return places(addresses, interfaces, (host, _, port) => {
    const display = port - FIRST_PORT;
    const asDisplay = display >= 0 && display < DISPLAYS ? `  (${host}:${display})` : "";
    return `${host}:${port}${asDisplay}`;
  });
}

/** What stays on this machine needs no encryption, and no warning about a certificate. */
function browserPlaces({ webAddresses, interfaces }: BannerFacts): string[] {
  return places(
    webAddresses,
    interfaces,
    (host, isLocal, port) => `${isLocal ? "http" : "https"}://${host}:${port}/`,
  );
}

/** What is dangerous about the offer is said here, as nobody can turn the banner off. */
function passwordLines(facts: BannerFacts): string[] {
  return [...openLines(facts), ...ownPasswordLines(facts), ...cutLines(facts)];
}

function openLines({ policy, addresses }: BannerFacts): string[] {
  if (!letsEverybodyIn(policy)) return [];
  const open = addresses.map(({ hostname }) => hostname).filter((each) => !isLoopback(each));
  const who = open.length > 0
    ? `WHOEVER REACHES ${[...new Set(open)].join(" OR ")} GETS IN`
    : "whoever can connect gets in";
  return [`none is needed: ${who}`];
}

function ownPasswordLines({ passwordSource: source }: BannerFacts): string[] {
  switch (source.from) {
    case "nowhere":
      return [];
    case "chance":
      return [`${source.text}  (until vncd ends; "vncd passwd" sets a lasting one)`];
    case "file":
      return [
        `the one in ${source.file}`,
        ...(source.passwords.viewOnly ? ["or, to watch only, the second one in it"] : []),
      ];
  }
}

function cutLines({ policy, passwordSource }: BannerFacts): string[] {
  const cutting = restOnVncAuth(policy);
  const length = longestPassword(passwordSource) ?? 0;
  if (cutting.length === 0 || length <= VNC_PASSWORD_LENGTH) return [];
  const names = cutting.join(" and ");
  return [
    `A PASSWORD IS CUT: for ${names}, the first ${VNC_PASSWORD_LENGTH} of its ${length} bytes are enough;`,
    `leave ${names} out of --security, as "encrypted" does`,
  ];
}

function accountLines({ users, systemUsers }: BannerFacts): string[] {
  return [
    ...users === undefined ? [] : [`those in ${users}`],
    ...systemUsers === undefined ? [] : [`${systemUsers.join(", ")}, as on this system`],
  ];
}

/** As openssl and browsers show it, which is too long for a line, and as TigerVNC does. */
function certificateLines({ certificate }: Fingerprints): string[] {
  if (certificate === undefined) return [];
  const { certificate: whole, publicKey } = certificate;
  const half = Math.ceil(whole.length / 2);
  return [
    `SHA-256 ${whole.slice(0, half)}`,
    `        ${whole.slice(half)}`,
    `pin-sha256:${publicKey}`,
  ];
}

/** What vncd says when it is ready: what it shares, where to connect, and with which password. */
export function startBanner(facts: BannerFacts): string {
  const block = (label: string, lines: string[]) =>
    lines.map((line, i) => `  ${(i === 0 ? label : "").padEnd(11)} ${line}`);
  return [
    "vncd is ready.",
    "",
    ...block("Shares", [facts.title + (facts.viewOnly ? ", view only" : "")]),
    ...block("Connect to", viewerPlaces(facts)),
    ...block("In browsers", browserPlaces(facts)),
    ...block("Password", passwordLines(facts)),
    ...block("Accounts", accountLines(facts)),
    ...block("Encrypts", listed(facts.policy.filter(encrypts))),
    ...block("In clear", listed(facts.policy.filter((name) => !encrypts(name)))),
    ...block("RSA key", facts.fingerprints.rsa === undefined ? [] : [facts.fingerprints.rsa]),
    ...block("Certificate", certificateLines(facts.fingerprints)),
    "",
  ].join("\n");
}
