import { assertEquals } from "@std/assert";
import { parseSettings, type Settings } from "../../../src/web/page/settings.ts";

const DEFAULTS: Settings = {
  size: "fit",
  quality: 6,
  viewOnly: false,
  figures: false,
  toolbar: true,
};

Deno.test("settings come back as they were stored", () => {
  const settings: Settings = {
    size: "resize",
    quality: 10,
    viewOnly: true,
    figures: true,
    toolbar: false,
  };
  assertEquals(parseSettings(JSON.stringify(settings)), settings);
});

Deno.test("whatever else is stored, the settings make sense", () => {
  const stored = [null, "", "{", "null", "3", '"x"', "[]", "{}", '{"size":"huge","quality":11}'];
  for (const text of stored) assertEquals(parseSettings(text), DEFAULTS, String(text));
  const wrong = '{"quality":"9","viewOnly":1,"figures":"yes","toolbar":null,"password":"x"}';
  assertEquals(parseSettings(wrong), DEFAULTS);
  for (const quality of ["-1", "2.5", '"4"', "null", "true", "[4]"]) {
    assertEquals(parseSettings(`{"quality":${quality}}`).quality, 6, quality);
  }
});

Deno.test("what makes sense of it is kept", () => {
  const settings = parseSettings('{"size":"actual","quality":0,"figures":7}');
  assertEquals(settings, { ...DEFAULTS, size: "actual", quality: 0 });
});
