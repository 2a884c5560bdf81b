import { testDesktop } from "../conformance.ts";
import { startX11 } from "./rig.ts";

testDesktop("x11", async () => {
  const rig = await startX11({ width: 320, height: 240 });
  const colours = ["red", "green", "blue", "white"];
  return {
    desktop: rig.desktop,
    async change() {
      colours.push(colours.shift()!);
      await rig.server.run("xsetroot", ["-solid", colours[0]!]);
    },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});
