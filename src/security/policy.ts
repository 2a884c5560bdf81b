import type { TIGHT_AUTHENTICATION } from "./tight.ts";

/** What tells apart what a policy can name. */
interface Traits {
  /** The key that it needs. */
  readonly key?: "rsa" | "tls";
  /** Whether everything that comes after it is encrypted. */
  readonly encrypts?: true;
  /** Whether it asks for nothing. */
  readonly isOpen?: true;
  /** Whether it rests on VNC Authentication, which knows no names. */
  readonly isVncAuth?: true;
  /** How many bytes of a password it can use, where that isn't all. */
  readonly passwordLength?: number;
  /** By what of security type Tight it can be had inside of that. */
  readonly insideTight?: keyof typeof TIGHT_AUTHENTICATION;
}

/** How many bytes of a password VNC Authentication uses: those of one DES key. */
export const VNC_PASSWORD_LENGTH = 8;

/** How many one of Apple's fields carries: it has 64, and viewers end it with a NUL. */
const APPLE_PASSWORD_LENGTH = 63;

/**
 * What a policy can name, those first that protect most: the whole session encrypted, then only the
 * credentials, then VNC Authentication, then nothing. RSA-AES for the credentials stands before TLS all
 * the same, as the one viewer without the rest of RSA-AES is noVNC: it takes the first that it knows,
 * VeNCrypt among them, but in a page it can't do TLS.
 */
const TABLE = {
  ra2_256: { key: "rsa", encrypts: true },
  ra2: { key: "rsa", encrypts: true },
  ra2ne_256: { key: "rsa" },
  ra2ne: { key: "rsa" },
  x509vnc: {
    key: "tls",
    encrypts: true,
    isVncAuth: true,
    passwordLength: VNC_PASSWORD_LENGTH,
    insideTight: "VeNCrypt",
  },
  x509plain: { key: "tls", encrypts: true, insideTight: "VeNCrypt" },
  x509none: { key: "tls", encrypts: true, insideTight: "VeNCrypt", isOpen: true },
  apple: { passwordLength: APPLE_PASSWORD_LENGTH },
  vnc: { isVncAuth: true, passwordLength: VNC_PASSWORD_LENGTH, insideTight: "VncAuth" },
  plain: { insideTight: "UnixLogin" },
  tight: {},
  none: { isOpen: true, insideTight: "None" },
} as const satisfies Readonly<Record<string, Traits>>;

export type SecurityName = keyof typeof TABLE;

const traitsOf = (name: SecurityName): Traits => TABLE[name];

/** All names, in the order of the table. */
export const SECURITY_NAMES = Object.keys(TABLE) as readonly SecurityName[];

/** The security types that viewers are offered, in the order of preference. */
export type SecurityPolicy = readonly SecurityName[];

/** Those that security type Tight can hold. */
export const INSIDE_TIGHT = SECURITY_NAMES.filter((name) => traitsOf(name).insideTight);

/** What there is to check credentials with. */
export interface KnownCredentials {
  /** Whether there are accounts, with names. */
  readonly names: boolean;
  /** How many bytes the longest password has that needs no name; undefined where there is none. */
  readonly longestPassword: number | undefined;
}

/** What a page can do anywhere, and may. */
const WITHOUT_CRYPTOGRAPHY: SecurityPolicy = ["vnc", "none"];

/** Words for several of them: those that make sense with what viewers have to know. */
export const SECURITY_PRESETS = {
  default: (known: KnownCredentials): SecurityPolicy =>
    SECURITY_NAMES.filter((name) => !traitsOf(name).isOpen && isSensible(name, known)),
  /** For viewers that choose TLS where they can, and give up over a certificate that nobody vouches for. */
  compatible: (known: KnownCredentials): SecurityPolicy =>
    SECURITY_PRESETS.default(known).filter((name) => traitsOf(name).key !== "tls"),
  encrypted: (known: KnownCredentials): SecurityPolicy =>
    SECURITY_PRESETS.default(known).filter(encrypts),
} as const;

function isSensible(name: SecurityName, { names, longestPassword }: KnownCredentials): boolean {
  const { isVncAuth } = traitsOf(name);
  if (isVncAuth && longestPassword === undefined) return false;
  // What every viewer knows stays, whatever it does with a password.
  if (name === "vnc") return true;
  // Where others serve better, with names and with long passwords, nobody should miss them.
  return !(isVncAuth && names) && (longestPassword ?? 0) <= passwordLength(name);
}

/** Whether everything that comes after it is encrypted. */
export function encrypts(name: SecurityName): boolean {
  return traitsOf(name).encrypts === true;
}

/** How many bytes of a password it can use. */
export function passwordLength(name: SecurityName): number {
  return traitsOf(name).passwordLength ?? Infinity;
}

/** Whether a policy lets somebody in who proves nothing. */
export function letsEverybodyIn(policy: SecurityPolicy): boolean {
  return policy.some((name) => traitsOf(name).isOpen);
}

/** Those of a policy that rest on VNC Authentication. */
export function restOnVncAuth(policy: SecurityPolicy): SecurityPolicy {
  return policy.filter((name) => traitsOf(name).isVncAuth);
}

/** Whether a policy needs an RSA key, or a certificate for TLS. */
export function needsKey(policy: SecurityPolicy, key: "rsa" | "tls"): boolean {
  return policy.some((name) => traitsOf(name).key === key);
}

/**
 * What a policy comes to in a browser. Pages can't do TLS inside of RFB, nor encrypt what they say, but
 * where TLS is around all of it, or it never leaves this machine, what x509 types do behind TLS is enough:
 * names and passwords in full where the policy has anything for them. Elsewhere pages aren't even given
 * the browser's cryptography, which noVNC needs for all but VNC Authentication.
 * @param isPrivate Whether nobody on the way can read along.
 */
export function inBrowser(policy: SecurityPolicy, isPrivate: boolean): SecurityPolicy {
  if (!isPrivate) return policy.filter((name) => WITHOUT_CRYPTOGRAPHY.includes(name));
  // A choice among the others helps nobody there.
  const names = policy.filter((name) => name !== "tight").map((name): SecurityName => {
    const { isOpen, isVncAuth } = traitsOf(name);
    return isOpen ? "none" : isVncAuth ? "vnc" : "plain";
  });
  return [...new Set(names)];
}

/**
 * What security type Tight can hold of a policy. Some viewers choose Tight wherever they find it, so the
 * order is the table's: what encrypts has to come first in there, too.
 */
export function insideTight(
  policy: SecurityPolicy,
): readonly (keyof typeof TIGHT_AUTHENTICATION)[] {
  const held = INSIDE_TIGHT.filter((name) => policy.includes(name));
  return [...new Set(held.map((name) => traitsOf(name).insideTight!))];
}
