import { isLoopback } from "../../rfb/addresses.ts";
import { letsEverybodyIn } from "../../security/policy.ts";
import type { Check } from "./check.ts";

/** Where viewers can connect from. */
export const reachCheck: Check = {
  name: "network",
  look: ({ options: { listen, security } }) => {
    const isOpen = typeof security !== "string" && letsEverybodyIn(security);
    if (isOpen && listen !== undefined && listen !== "localhost" && !isLoopback(listen)) {
      return [{
        verdict: "warn",
        says: `with --security ${security}, whoever reaches ${listen} gets in`,
        advice: ["Let --security be, or listen at localhost only"],
      }];
    }
    const place = listen ?? (isOpen ? "localhost" : undefined);
    if (place === "localhost" || (place !== undefined && isLoopback(place))) {
      const says = "viewers connect from this machine only, or through a tunnel";
      return [{ verdict: "ok", says }];
    }
    const found = Deno.networkInterfaces().map(({ address }) => address)
      .filter((address) => !isLoopback(address) && !/^fe[89ab].:/i.test(address));
    if (place === undefined && found.length === 0) {
      return [{
        verdict: "warn",
        says: "this machine has no network: only its own viewers connect",
      }];
    }
    return [{ verdict: "ok", says: `viewers connect to ${place ?? found.join(", ")}` }];
  },
};
