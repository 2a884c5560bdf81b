import { assertEquals } from "@std/assert";
import {
  encrypts,
  inBrowser,
  letsEverybodyIn,
  SECURITY_NAMES,
  SECURITY_PRESETS,
  type SecurityPolicy,
} from "../../src/security/policy.ts";

const SHORT_PASSWORD = { names: false, longestPassword: 8 };
const LONG_PASSWORD = { names: false, longestPassword: 9 };
const ACCOUNTS = { names: true, longestPassword: undefined };
const BOTH = { names: true, longestPassword: 8 };

Deno.test("by default whoever encrypts comes first, and nobody gets in unasked", () => {
  for (const known of [SHORT_PASSWORD, LONG_PASSWORD, ACCOUNTS, BOTH]) {
    const policy = SECURITY_PRESETS.default(known);
    // noVNC would choose VeNCrypt before these, and fail.
    const others = policy.filter((name) => !name.startsWith("ra2ne")).map(encrypts);
    assertEquals(others.lastIndexOf(true) < others.indexOf(false), true, policy.join());
    const [ra2, ra2ne, x509] = ["ra2", "ra2ne", "x509plain"].map((name) =>
      policy.findIndex((each) => each === name)
    );
    assertEquals(ra2! < ra2ne! && ra2ne! < x509!, true, policy.join());
    assertEquals(letsEverybodyIn(policy), false);
  }
});

Deno.test("VNC Authentication is left out where there are names only", () => {
  assertEquals(SECURITY_PRESETS.default(ACCOUNTS).filter((name) => /vnc/.test(name)), []);
  assertEquals(SECURITY_PRESETS.encrypted(ACCOUNTS), ["ra2_256", "ra2", "x509plain"]);
});

Deno.test("x509vnc makes way where x509plain does better", () => {
  const has = (known: typeof BOTH | typeof ACCOUNTS) =>
    SECURITY_PRESETS.encrypted(known).includes("x509vnc");
  assertEquals([SHORT_PASSWORD, LONG_PASSWORD, BOTH].map(has), [true, false, false]);
});

Deno.test("apple is left out where a password is too long for it", () => {
  const has = (longestPassword: number | undefined) =>
    SECURITY_PRESETS.default({ names: false, longestPassword }).includes("apple");
  assertEquals([63, 64, undefined].map(has), [true, false, true]);
});

Deno.test("encrypted is what encrypts all that follows", () => {
  assertEquals(SECURITY_PRESETS.encrypted(SHORT_PASSWORD).every(encrypts), true);
  assertEquals(SECURITY_PRESETS.encrypted(SHORT_PASSWORD).some((name) => name === "vnc"), false);
});

Deno.test("only those that ask for nothing let everybody in", () => {
  assertEquals(SECURITY_NAMES.filter((name) => letsEverybodyIn([name])), ["x509none", "none"]);
});

Deno.test("compatible is default without x509", () => {
  for (const known of [SHORT_PASSWORD, LONG_PASSWORD, ACCOUNTS, BOTH]) {
    assertEquals(
      SECURITY_PRESETS.compatible(known),
      SECURITY_PRESETS.default(known).filter((name) => !name.startsWith("x509")),
    );
    assertEquals(SECURITY_PRESETS.compatible(known).length > 0, true);
  }
});

Deno.test("in a browser passwords are used in full where nobody can read along", () => {
  const offered = (...policy: SecurityPolicy) => inBrowser(policy, true);
  assertEquals(inBrowser(SECURITY_PRESETS.default(SHORT_PASSWORD), true), ["plain", "vnc"]);
  assertEquals(inBrowser(SECURITY_PRESETS.encrypted(ACCOUNTS), true), ["plain"]);
  assertEquals(offered("vnc", "ra2"), ["vnc", "plain"]);
  assertEquals(offered("x509vnc"), ["vnc"]);
  assertEquals(offered("x509none"), ["none"]);
});

Deno.test("in a browser only what is meant for clear lines goes over them", () => {
  const offered = (...policy: SecurityPolicy) => inBrowser(policy, false);
  assertEquals(inBrowser(SECURITY_PRESETS.default(SHORT_PASSWORD), false), ["vnc"]);
  assertEquals(offered("plain", "apple", "ra2", "ra2ne", "x509vnc", "x509plain", "x509none"), []);
});
