import { assertEquals, assertStringIncludes } from "@std/assert";
import { doctor } from "../../../src/cli/commands/doctor.ts";
import { firewallFindings } from "../../../src/cli/doctor/firewall_check.ts";
import {
  elevationFindings,
  sessionFindings,
  stateFindings,
} from "../../../src/cli/doctor/service_check.ts";
import { parseCommandLine } from "../../../src/cli/parse.ts";

const PROGRAM = "C:\\Program Files\\vncd\\vncd.exe";
const ENVIRONMENT = { ProgramFiles: "C:\\Program Files" };
const START = "v2.30|Active=TRUE|Dir=In";

const verdict = (rules: string[] | undefined, ports = [5900]) =>
  firewallFindings(rules, PROGRAM, ports, ENVIRONMENT).map((each) => each.verdict).join();

Deno.test("a firewall's rule lets viewers in by the program's name or its port", () => {
  for (
    const rule of [
      `${START}|Action=Allow|App=${PROGRAM.toLowerCase()}|`,
      `${START}|Action=Allow|App=%PROGRAMFILES%\\vncd\\vncd.exe|`,
      `${START}|Action=Allow|Protocol=6|LPort=5800|LPort=5900|`,
      `${START}|Action=Allow|Protocol=6|LPort2_10=5900-5910|`,
    ]
  ) {
    assertEquals(verdict([rule]), "ok", rule);
  }
});

Deno.test("rules that are off, for other programs, ports or directions count for nothing", () => {
  for (
    const rule of [
      `v2.30|Active=FALSE|Dir=In|Action=Allow|Protocol=6|LPort=5900|`,
      `v2.30|Active=TRUE|Dir=Out|Action=Allow|Protocol=6|LPort=5900|`,
      `${START}|Action=Allow|App=C:\\other.exe|`,
      `${START}|Action=Allow|App=%Missing%\\vncd\\vncd.exe|`,
      `${START}|Action=Allow|Protocol=17|LPort=5900|`,
      `${START}|Action=Allow|Protocol=6|LPort=5901|`,
      `${START}|Action=Allow|Protocol=6|LPort=5900|Svc=upnphost|`,
      `${START}|Action=Allow|`,
      "",
    ]
  ) {
    assertEquals(verdict([rule]), "warn", rule);
  }
  assertEquals(verdict(undefined), "warn");
  assertEquals(verdict([`${START}|Action=Allow|Protocol=6|LPort=5900|`], [5900, 8080]), "warn");
});

Deno.test("a rule that blocks counts more, and the advice is a whole command", () => {
  const allow = `${START}|Action=Allow|App=${PROGRAM}|`;
  assertEquals(verdict([allow, `${START}|Action=Block|App=${PROGRAM}|`]), "problem");
  const [finding] = firewallFindings([], PROGRAM, [5900, 8080], ENVIRONMENT);
  const command = `localport="5900,8080" profile="domain,private" program="${PROGRAM}"`;
  assertStringIncludes(finding!.advice!.at(-1)!, command);
});

Deno.test("session 0 is a problem, another one than that at the screen worth a word", () => {
  assertEquals(sessionFindings(0, 1).map((each) => each.verdict), ["problem"]);
  assertEquals(sessionFindings(2, 1).map((each) => each.verdict), ["warn"]);
  assertEquals(sessionFindings(1, 1), []);
  assertEquals([true, false].map((each) => elevationFindings(each)[0]!.verdict), ["ok", "warn"]);
  assertEquals(stateFindings("running")[0]!.verdict, "ok");
  assertEquals(stateFindings("stopped")[0]!.advice, ["vncd service start"]);
});

Deno.test("the doctor fails only where there is a problem, and goes on after a check that fails", async () => {
  const { options } = parseCommandLine([], {});
  const lines: string[] = [];
  const host = { environment: {}, print: (text: string) => lines.push(text) };
  const check = (name: string, verdict: "ok" | "warn" | "problem") => ({
    name,
    look: () => [{ verdict, says: name, ...verdict === "problem" ? { advice: ["do"] } : {} }],
  });
  const broken = {
    name: "broken",
    look: () => {
      throw new Error("it broke");
    },
  };
  assertEquals(await doctor(options, host, [check("a", "ok"), broken, check("b", "warn")]), 0);
  assertEquals(await doctor(options, host, [check("c", "problem"), check("d", "ok")]), 1);
  assertEquals(lines, [
    "ok      a         a",
    "warn    broken    it can't be told: it broke",
    "warn    b         b",
    "problem c         c\n                  do",
    "ok      d         d",
  ]);
});
