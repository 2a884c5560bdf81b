import { openWindowsDesktop } from "../../../src/desktop/windows/windows_desktop.ts";
import { testDesktop } from "../../desktop/conformance.ts";
import { silentLogger } from "./silent_logger.ts";
import { paintedWindow } from "./painted_window.ts";

testDesktop("windows", () => {
  const window = paintedWindow({ x: 40, y: 40, width: 64, height: 48 });
  let number = 0;
  return {
    desktop: openWindowsDesktop({ log: silentLogger }),
    change: () => window.paint(0x2040c0 + ++number * 0x010301),
    [Symbol.asyncDispose]: async () => await window.close(),
  };
});
