import { openDemoDesktop } from "../../../src/desktop/demo/demo_desktop.ts";
import { testDesktop } from "../conformance.ts";

testDesktop("demo", () => {
  const desktop = openDemoDesktop();
  let letter = 0x61;
  return {
    desktop,
    change() {
      desktop.key(letter, true);
      desktop.key(letter++, false);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
