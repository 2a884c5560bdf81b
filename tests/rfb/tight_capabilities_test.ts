import { assertEquals } from "@std/assert";
import { interactionCapabilities, tightOffer } from "../../src/rfb/tight_capabilities.ts";

const ascii = (text: string) => [...new TextEncoder().encode(text)];

Deno.test("a Tight offer names no tunnel, and each type with code, vendor and signature", () => {
  const offer = tightOffer([
    { code: 2, vendor: "STDV", signature: "VNCAUTH_" },
    { code: 129, vendor: "TGHT", signature: "ULGNAUTH" },
  ]);
  assertEquals([...offer], [
    ...[0, 0, 0, 0, 0, 0, 0, 2],
    ...[0, 0, 0, 2, ...ascii("STDVVNCAUTH_")],
    ...[0, 0, 0, 129, ...ascii("TGHTULGNAUTH")],
  ]);
  assertEquals([...tightOffer([])], [0, 0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("the lists of ServerInit: their lengths, then all of them; codes may be negative", () => {
  const lists = interactionCapabilities({
    serverMessages: [{ code: 150, vendor: "TGHT", signature: "CUS_EOCU" }],
    clientMessages: [],
    encodings: [
      { code: -223, vendor: "TGHT", signature: "NEWFBSIZ" },
      { code: 0, vendor: "STDV", signature: "RAW_____" },
    ],
  });
  assertEquals([...lists], [
    ...[0, 1, 0, 0, 0, 2, 0, 0],
    ...[0, 0, 0, 150, ...ascii("TGHTCUS_EOCU")],
    ...[255, 255, 255, 33, ...ascii("TGHTNEWFBSIZ")],
    ...[0, 0, 0, 0, ...ascii("STDVRAW_____")],
  ]);
});
