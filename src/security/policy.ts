/**
 * What a policy can name, those first that protect most: the whole session encrypted, then only the
 * credentials, then VNC Authentication, then nothing. RSA-AES for the credentials stands before TLS all
 * the same, as the one viewer without the rest of RSA-AES is noVNC: it takes the first that it knows,
 * VeNCrypt among them, but in a page it can't do TLS.
 */
export const SECURITY_NAMES = [
  "ra2_256",
  "ra2",
  "ra2ne_256",
  "ra2ne",
  "x509vnc",
  "x509plain",
  "x509none",
  "apple",
  "vnc",
  "plain",
  "tight",
  "none",
] as const;
export type SecurityName = typeof SECURITY_NAMES[number];

/** The security types that viewers are offered, in the order of preference. */
export type SecurityPolicy = readonly SecurityName[];

/** Those that encrypt everything that comes after them. */
const ENCRYPTED: SecurityPolicy = ["ra2_256", "ra2", "x509vnc", "x509plain"];

/** Those that ask for nothing. */
const OPEN: SecurityPolicy = ["x509none", "none"];

/** Those that rest on VNC Authentication: they know no names, and use this many bytes of a password. */
const SHORT: SecurityPolicy = ["x509vnc", "vnc"];
const SHORT_PASSWORD = 8;

/** Those that security type Tight can hold. */
export const INSIDE_TIGHT: SecurityPolicy = [
  "x509vnc",
  "x509plain",
  "x509none",
  "vnc",
  "plain",
  "none",
];

/** What there is to check credentials with. */
export interface KnownCredentials {
  /** Whether there are accounts, with names. */
  readonly names: boolean;
  /** How many bytes the longest password has that needs no name; undefined where there is none. */
  readonly longestPassword: number | undefined;
}

/** Words for several of them: those that make sense with what viewers have to know. */
export const SECURITY_PRESETS = {
  default: (known: KnownCredentials): SecurityPolicy =>
    sensible(SECURITY_NAMES.filter((name) => !OPEN.includes(name)), known),
  /** For viewers that choose TLS where they can, and give up over a certificate that nobody vouches for. */
  compatible: (known: KnownCredentials): SecurityPolicy =>
    SECURITY_PRESETS.default(known).filter((name) => !name.startsWith("x509")),
  encrypted: (known: KnownCredentials): SecurityPolicy => sensible(ENCRYPTED, known),
} as const;

function sensible(
  policy: SecurityPolicy,
  { names, longestPassword }: KnownCredentials,
): SecurityPolicy {
  return policy.filter((name) => {
    if (!SHORT.includes(name)) return true;
    if (longestPassword === undefined) return false;
    // Where x509plain serves better, with names and with long passwords, nobody should miss it.
    return name !== "x509vnc" || (!names && longestPassword <= SHORT_PASSWORD);
  });
}

/** Whether everything that comes after it is encrypted. */
export function encrypts(name: SecurityName): boolean {
  return ENCRYPTED.includes(name) || name === "x509none";
}

/** Whether a policy lets somebody in who proves nothing. */
export function letsEverybodyIn(policy: SecurityPolicy): boolean {
  return policy.some((name) => OPEN.includes(name));
}

/** Those of a policy that rest on VNC Authentication. */
export function restOnVncAuth(policy: SecurityPolicy): SecurityPolicy {
  return policy.filter((name) => SHORT.includes(name));
}
