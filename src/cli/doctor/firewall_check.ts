import { ownProgram } from "../service/command_line.ts";
import type { Environment } from "../parse.ts";
import type { Check, Finding } from "./check.ts";
import { registryTexts } from "./registry.ts";

const RULES = "SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\" +
  "FirewallPolicy\\FirewallRules";

const TCP = "6";

/** Windows: whether its firewall lets viewers through. */
export const firewallCheck: Check = {
  name: "firewall",
  look: ({ options: { port, webPort }, environment, os }) => {
    if (os !== "windows") return [];
    const { executable } = ownProgram();
    const ports = [port, ...webPort === undefined ? [] : [webPort]];
    return firewallFindings(registryTexts(RULES), executable, ports, environment);
  },
};

/**
 * What Windows Firewall's rules say about a program's ports.
 * @param rules As the registry has them: `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=5900|`;
 *   undefined when they can't be read.
 * @param environment With the folders that rules name: `App=%ProgramFiles%\\vncd\\vncd.exe`.
 */
export function firewallFindings(
  rules: readonly string[] | undefined,
  program: string,
  ports: readonly number[],
  environment: Environment,
): Finding[] {
  // In quotation marks also because PowerShell takes lists apart.
  const command = [
    `netsh advfirewall firewall add rule name="vncd" dir=in action=allow protocol=TCP`,
    `localport="${ports.join(",")}" profile="domain,private" program="${program}"`,
  ].join(" ");
  const advice = ["As an administrator:", command];
  if (rules === undefined) {
    return [{ verdict: "warn", says: "the firewall's rules can't be read", advice }];
  }
  const fitting = rules.map((text) => parseRule(expanded(text, environment))).filter((rule) =>
    concerns(rule, program, ports)
  );
  if (fitting.some(({ Action }) => Action === "Block")) {
    const says = "a rule of Windows Firewall blocks vncd; it counts more than others that allow it";
    return [{ verdict: "problem", says, advice: ["Remove it: wf.msc, Inbound Rules"] }];
  }
  const allowed = ports.filter((port) =>
    fitting.some((rule) => rule.Action === "Allow" && hasPort(rule, port))
  );
  if (allowed.length === ports.length) {
    return [{ verdict: "ok", says: "a rule of Windows Firewall lets viewers in" }];
  }
  const says = "no rule of Windows Firewall lets viewers in from other machines";
  return [{ verdict: "warn", says, advice }];
}

/** Puts in what names of the environment stand for, in whatever case they are written. */
function expanded(text: string, environment: Environment): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const found = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase());
    return (found && environment[found]) ?? whole;
  });
}

/** The fields of a rule; of one that is there several times, the values with commas between. */
type Rule = Readonly<Record<string, string>>;

function parseRule(text: string): Rule {
  const rule: Record<string, string> = {};
  for (const field of text.split("|")) {
    const at = field.indexOf("=");
    if (at < 0) continue;
    const [name, value] = [field.slice(0, at), field.slice(at + 1)];
    rule[name] = name in rule ? `${rule[name]},${value}` : value;
  }
  return rule;
}

/** Whether a rule counts for what comes to the program at one of the ports. */
function concerns(rule: Rule, program: string, ports: readonly number[]): boolean {
  const isOurs = rule.App === undefined || rule.App.toLowerCase() === program.toLowerCase();
  const isTcp = rule.Protocol === undefined || rule.Protocol === TCP;
  // Rules of apps from the store, and for some service, count for nothing else.
  const isForAll = rule.AppPkgId === undefined && rule.Svc === undefined;
  // Else every rule that lets any program in would be one.
  const isAboutUs = rule.App !== undefined || rule.LPort !== undefined ||
    rule.LPort2_10 !== undefined;
  return rule.Active === "TRUE" && rule.Dir === "In" && isOurs && isTcp && isForAll && isAboutUs &&
    ports.some((port) => hasPort(rule, port));
}

/** Windows writes single ports as LPort, ranges as LPort2_10: `5900-5910`. */
function hasPort({ LPort, LPort2_10 }: Rule, port: number): boolean {
  if (LPort === undefined && LPort2_10 === undefined) return true;
  return [LPort, LPort2_10].flatMap((text) => text?.split(",") ?? []).some((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return first !== undefined && first <= port && port <= last!;
  });
}
