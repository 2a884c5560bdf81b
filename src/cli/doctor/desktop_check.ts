import { messageOf } from "../../log.ts";
import { desktopOpener } from "../start_server.ts";
import type { Check } from "./check.ts";

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };

/** Whether the desktop can be opened that vncd would share. */
export const desktopCheck: Check = {
  name: "desktop",
  look: ({ options, os }) => {
    try {
      const desktop = desktopOpener(options, SILENT)();
      const { title, screen: { width, height } } = desktop;
      desktop.close();
      const found = `the ${title} can be shared, ${width}x${height}`;
      return [{ verdict: "ok", says: found }];
    } catch (error) {
      return [{
        verdict: "problem",
        says: messageOf(error),
        advice: os === "windows"
          ? ["While the screen is locked only a service can see it: vncd service install"]
          : ["Start vncd in the desktop's session, or name its display: --display :0"],
      }];
    }
  },
};
