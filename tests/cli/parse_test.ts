import { assert, assertEquals, assertThrows } from "@std/assert";
import { OPTIONS } from "../../src/cli/options.ts";
import { type Environment, parseCommandLine } from "../../src/cli/parse.ts";
import { UsageError } from "../../src/cli/usage_error.ts";

const parse = (args: string[], environment: Environment = {}) =>
  parseCommandLine(args, environment);
const refused = (args: string[], environment: Environment = {}) =>
  assertThrows(() => parse(args, environment), UsageError).message;

Deno.test("without arguments, everything has the table's value", () => {
  const { options, command, operands, warnings } = parse([]);
  for (const [key, { fallback }] of Object.entries(OPTIONS)) {
    assertEquals(options[key as keyof typeof options], fallback, key);
  }
  assertEquals({ command, operands, warnings }, { command: "serve", operands: [], warnings: [] });
});

Deno.test("every option is understood in each way to write it", () => {
  const { options } = parse([
    ...["--desktop", "demo", "--display=:7", "--listen", "[::1]", "--port", "0"],
    ...["--password-file", "a b", "--security=none", "--view-only", "--shared", "never"],
    ...["--users", "people", "--system-users", "alice, bob", "--accept=ask"],
    ...["--cert", "a.pem", "--key", "b.pem", "--max-viewers", "3", "--name", "My desk"],
    ...["--log-level", "debug", "--no-web", "--web-port", "443", "--web-names", "a.example, b"],
    ...["--trust-proxy", "192.0.2.1,2001:db8::/32"],
    ...["--log-file", "a.log", "--no-console", "--force"],
  ]);
  assertEquals(options, {
    desktop: "demo",
    display: ":7",
    listen: "::1",
    port: 0,
    noWeb: true,
    webPort: 443,
    webNames: ["a.example", "b"],
    trustProxy: ["192.0.2.1", "2001:db8::/32"],
    passwordFile: "a b",
    users: "people",
    systemUsers: ["alice", "bob"],
    security: ["none"],
    cert: "a.pem",
    key: "b.pem",
    accept: "ask",
    viewOnly: true,
    shared: "never",
    maxViewers: 3,
    name: "My desk",
    logLevel: "debug",
    logFile: "a.log",
    noConsole: true,
    force: true,
    help: false,
    version: false,
  });
  assert(parse(["--help"]).options.help);
  assert(parse(["-h"]).options.help);
  assert(parse(["--version"]).options.version);
  assertEquals(parse(["--port", "1", "--port", "2"]).options.port, 2);
});

Deno.test("an argument counts more than a variable, a variable more than the default", () => {
  const environment = { VNCD_PORT: "5901", VNCD_VIEW_ONLY: "yes", VNCD_NAME: "" };
  assertEquals(parse([], environment).options.port, 5901);
  assertEquals(parse([], environment).options.viewOnly, true);
  assertEquals(parse([], environment).options.name, undefined);
  assertEquals(parse(["--port", "5902"], environment).options.port, 5902);
  assertEquals(parse(["--view-only=false"], environment).options.viewOnly, false);
});

Deno.test("security is a word, or names in the order that they are to be offered in", () => {
  const security = (text: string) => parse(["--security", text]).options.security;
  assertEquals(parse([]).options.security, "default");
  assertEquals(security("encrypted"), "encrypted");
  assertEquals(security("vnc"), ["vnc"]);
  assertEquals(security("vnc, ra2_256,vnc"), ["vnc", "ra2_256"]);
  for (const text of ["", "VNC", "vnc,", "default,vnc", "tls"]) {
    assertThrows(
      () => security(text),
      UsageError,
      "--security takes default, compatible, encrypted, or some of",
    );
  }
});

Deno.test("a flag's value means the same in an argument as in a variable", () => {
  for (const text of ["true", "1", "yes", "on", "YES", "false", "0", "no", "off", "No"]) {
    const { viewOnly } = parse([], { VNCD_VIEW_ONLY: text }).options;
    assertEquals(parse([`--view-only=${text}`]).options.viewOnly, viewOnly, text);
  }
  assertEquals(parse(["--view-only", "--view-only=no"]).options.viewOnly, false);
  assertEquals(parse(["--view-only=no", "--view-only"]).options.viewOnly, true);
  assertEquals(parse(["--help=no"]).options.help, false);
  assertEquals(refused(["--view-only="]), "--view-only takes true or false, not nothing");
  assertEquals(refused(["--view-only=a=b"]), '--view-only takes true or false, not "a=b"');
  assertEquals(parse(["passwd", "--", "--view-only=maybe"]).operands, ["--view-only=maybe"]);
});

Deno.test("an unknown option is refused, with the one that was meant", () => {
  assertEquals(
    refused(["--pasword-file", "x"]),
    "unknown option --pasword-file; did you mean --password-file?",
  );
  assertEquals(refused(["--prot=1"]), "unknown option --prot; did you mean --port?");
  assertEquals(refused(["-display", ":1"]), "unknown option -display; did you mean --display?");
  assertEquals(refused(["--max"]), "unknown option --max; did you mean --max-viewers?");
  assertEquals(refused(["--xyzzy"]), "unknown option --xyzzy; see vncd --help");
  assertEquals(refused(["-x"]), "unknown option -x; see vncd --help");
});

Deno.test("a bad value is refused, with what is accepted and where it is from", () => {
  assertEquals(
    refused(["--port", "65536"]),
    '--port takes a whole number from 0 to 65535, not "65536"',
  );
  assertEquals(refused(["--port"]), "--port takes a whole number from 0 to 65535, not nothing");
  assertEquals(
    refused(["--port", "--view-only"]),
    "--port takes a whole number from 0 to 65535, not nothing",
  );
  assertEquals(
    refused(["--desktop", "mac"]),
    '--desktop takes auto, x11, windows or demo, not "mac"',
  );
  assertEquals(
    refused([], { VNCD_MAX_VIEWERS: "0" }),
    'VNCD_MAX_VIEWERS takes a whole number from 1 to 1000, not "0"',
  );
  assertEquals(
    refused([], { VNCD_VIEW_ONLY: "maybe" }),
    'VNCD_VIEW_ONLY takes true or false, not "maybe"',
  );
  for (const display of ["1", "abc", ":", ":x"]) refused(["--display", display]);
  for (const address of ["127.0.0.1:5900", "[::1]:5900", "a b", ":::"]) {
    refused(["--listen", address]);
  }
  for (const port of ["-1", "1e3", " 1", "0x10", "5900.5"]) refused([`--port=${port}`]);
});

Deno.test("a password isn't accepted where others can read it", () => {
  for (const name of ["--password", "--passwd", "-passwd", "--password=s3cret"]) {
    const message = refused([name, "s3cret"]);
    assert(message.includes("--password-file") && message.includes("VNCD_PASSWORD_FILE"));
    assert(!message.includes("s3cret"));
  }
});

Deno.test("an unknown VNCD_ variable is worth a warning, others aren't", () => {
  const { warnings } = parse([], {
    VNCD_PROT: "1",
    VNCD_QQ: "secret",
    PATH: "/bin",
    VNCD_PORT: "1",
  });
  assertEquals(warnings, [
    "unknown environment variable VNCD_PROT; did you mean VNCD_PORT?",
    "unknown environment variable VNCD_QQ; see vncd --help",
  ]);
});

Deno.test("the page's names are host names, as browsers spell them", () => {
  const names = (text: string) => parse(["--web-names", text]).options.webNames;
  assertEquals(names("Desk.Example.org., box,192.0.2.1 ,[2001:DB8::1]"), [
    "desk.example.org",
    "box",
    "192.0.2.1",
    "2001:db8::1",
  ]);
  const wrong = [
    ...["https://desk.example.org", "desk.example.org:443", "*.example.org", "desk.example.org/"],
    ...["box,", "", "a b", "me@box", "2001:db8::1", "box,desk.example.org:443"],
  ];
  for (const text of wrong) refused([`--web-names=${text}`]);
  assertEquals(
    refused(["--web-names", "https://desk.example.org"]),
    "--web-names takes host names such as desk.example.org, without https:// and port, " +
      'with commas between, not "https://desk.example.org"',
  );
});

Deno.test("what is for the page alone is worth a warning where there is no page", () => {
  const { warnings } = parse(["--no-web", "--web-port", "0"], { VNCD_WEB_NAMES: "box" });
  assertEquals(warnings, [
    "--no-web: there is no page for browsers, so --web-port isn't used",
    "--no-web: there is no page for browsers, so --web-names isn't used",
  ]);
  assertEquals(parse(["--web-port", "0", "--web-names", "box"]).warnings, []);
  // Viewers come through proxies, too.
  assertEquals(parse(["--no-web", "--trust-proxy", "192.0.2.1"]).warnings, []);
});

Deno.test("commands and their operands", () => {
  assertEquals(parse(["passwd"]).command, "passwd");
  assertEquals(parse(["passwd", "7"]).operands, ["7"]);
  assertEquals(parse(["passwd", "--", "-odd"]).operands, ["-odd"]);
  assertEquals(refused(["paswd"]), 'unknown command "paswd"; did you mean passwd?');
  assertEquals(refused(["--view-only", "7"]), 'unknown command "7"; see vncd --help');
  assertEquals(refused(["passwd", "a", "b"]), "vncd passwd takes one file at most");
});
