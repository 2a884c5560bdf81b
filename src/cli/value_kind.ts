import { isIP } from "node:net";
import { parseAuthority } from "../web/authority.ts";
import { isNetwork } from "../web/trusted_proxies.ts";

/** How the text of an option becomes its value. */
export interface ValueKind<T> {
  /** What the help shows after the name; undefined for a flag, which takes no value. */
  readonly argument?: string;
  /** Ends the sentence "--name takes …". */
  readonly accepts: string;
  /** @returns The value, or undefined when the text isn't accepted. */
  parse(text: string): T | undefined;
}

/** One of a few words. */
export function choice<const T extends string>(...words: readonly T[]): ValueKind<T> {
  return {
    argument: words.join("|"),
    accepts: `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** Some of a few words, in the order that matters, or one word that stands for several. */
export function selection<const T extends string, const P extends string>(
  words: readonly T[],
  presets: readonly P[],
): ValueKind<readonly T[] | P> {
  return {
    argument: "LIST",
    accepts: `${presets.join(", ")}, or some of ${words.join(", ")}, with commas between`,
    parse: (text) => {
      const preset = presets.find((each) => each === text);
      if (preset !== undefined) return preset;
      const chosen = text.split(",").map((each) => words.find((word) => word === each.trim()));
      return chosen.every((each) => each !== undefined) ? [...new Set(chosen)] : undefined;
    },
  };
}

/** A whole number from `least` to `most`. */
export function integer(argument: string, least: number, most: number): ValueKind<number> {
  return {
    argument,
    accepts: `a whole number from ${least} to ${most}`,
    parse: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** Any text that `pattern` matches. */
export function matching(argument: string, accepts: string, pattern: RegExp): ValueKind<string> {
  return { argument, accepts, parse: (text) => pattern.test(text) ? text : undefined };
}

/** An IP address, which may stand in brackets, or a host name. */
export const address: ValueKind<string> = {
  argument: "ADDRESS",
  accepts: "an IP address or a host name, without a port",
  parse: (text) => {
    const bare = text.replace(/^\[(.*)\]$/, "$1");
    return isIP(bare) || /^[\w.-]+$/.test(bare) ? bare : undefined;
  },
};

/** Names with commas between. */
export const names: ValueKind<readonly string[]> = {
  argument: "NAME,...",
  accepts: "names, with commas between",
  parse: (text) => {
    const parts = text.split(",").map((part) => part.trim());
    return parts.every((part) => part !== "") ? parts : undefined;
  },
};

/** The names of hosts, with commas between; each as browsers spell it. */
export const hostNames: ValueKind<readonly string[]> = {
  argument: "NAME,...",
  accepts: "host names such as desk.example.org, without https:// and port, with commas between",
  parse: (text) => {
    const parts = text.split(",").map((part) => hostName(part.trim()));
    return parts.every((part) => part !== undefined) ? parts : undefined;
  },
};

function hostName(text: string): string | undefined {
  const authority = parseAuthority(text);
  return authority?.port === undefined ? authority?.name : undefined;
}

/** Networks and IP addresses, with commas between. */
export const networks: ValueKind<readonly string[]> = {
  argument: "ADDRESS,...",
  accepts: "IP addresses or networks such as 192.0.2.0/24, with commas between",
  parse: (text) => {
    const parts = text.split(",").map((part) => part.trim());
    return parts.every(isNetwork) ? parts : undefined;
  },
};

/** On or off: on by its name alone. */
export const flag: ValueKind<boolean> = {
  accepts: "true or false",
  parse: (text) => {
    if (["true", "1", "yes", "on"].includes(text.toLowerCase())) return true;
    return ["false", "0", "no", "off"].includes(text.toLowerCase()) ? false : undefined;
  },
};
