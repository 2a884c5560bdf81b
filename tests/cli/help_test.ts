import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { helpText } from "../../src/cli/help.ts";
import { argumentName, environmentName, OPTION_KEYS, optionOf } from "../../src/cli/options.ts";

Deno.test("the help lists every option with its variable", () => {
  for (const key of OPTION_KEYS) {
    assertStringIncludes(helpText(), `\n  --${argumentName(key)}`);
    if (optionOf(key).argumentsOnly) continue;
    assertStringIncludes(helpText(), `[${environmentName(key)}]`);
  }
  assertStringIncludes(helpText(), "(default: 5900)");
  assertEquals(environmentName("passwordFile"), "VNCD_PASSWORD_FILE");
});

Deno.test("the help fits into 80 plain columns", () => {
  for (const line of helpText().split("\n")) {
    assert(/^[\x20-\x7e]{0,80}$/.test(line), line);
    assertEquals(line, line.trimEnd());
  }
});

Deno.test("the help names all that a proxy is believed", () => {
  const [, row] = /\n( {2}--trust-proxy [^]*?)\n {2}--/.exec(helpText())!;
  for (const word of ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "PROXY"]) {
    assertStringIncludes(row!, word);
  }
});
