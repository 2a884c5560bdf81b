import { isElevated } from "../service/elevation.ts";
import { loadServiceLibraries } from "../service/libraries.ts";
import { ServiceManager } from "../service/manager.ts";
import { ownSession } from "../service/own_session.ts";
import type { Check, Finding } from "./check.ts";

/** Windows: whether this vncd sees the screen, and the sign-in screen. */
export const serviceCheck: Check = {
  name: "service",
  look: ({ os }) => {
    if (os !== "windows") return [];
    const libraries = loadServiceLibraries();
    const state = new ServiceManager(libraries).state();
    return [
      ...sessionFindings(ownSession(libraries), libraries.kernel32.WTSGetActiveConsoleSessionId()),
      ...stateFindings(state),
      ...state === "running" ? [] : elevationFindings(isElevated(libraries)),
    ];
  },
};

/** @param own The session of this process, `active` that of the person at the screen. */
export function sessionFindings(own: number, active: number): Finding[] {
  if (own === 0) {
    return [{
      verdict: "problem",
      says: "this is session 0, where services run and nothing is ever shown",
      advice: ["Start vncd in a person's session, or as its own service: vncd service install"],
    }];
  }
  if (own === active) return [];
  return [{
    verdict: "warn",
    says: `another session (${active}) is at the screen; vncd shares that of this one (${own})`,
    advice: ["The service follows whoever is at the screen: vncd service install"],
  }];
}

/** @param state What the service does; undefined where there is none. */
export function stateFindings(state: string | undefined): Finding[] {
  if (state === "running") {
    return [{ verdict: "ok", says: "the service is running: viewers see the sign-in screen, too" }];
  }
  if (state !== undefined) {
    const says = `the service is installed, but ${state}`;
    return [{ verdict: "warn", says, advice: ["vncd service start"] }];
  }
  return [{
    verdict: "warn",
    says:
      "the screen can't be seen while it is locked, nor when an administrator's consent is asked",
    advice: ["The service can: as an administrator, vncd service install"],
  }];
}

/** Windows lets no program type into one with more rights. */
export function elevationFindings(isElevated: boolean): Finding[] {
  if (isElevated) {
    return [{
      verdict: "ok",
      says: "started here, vncd runs as an administrator: all programs take its keys",
    }];
  }
  return [{
    verdict: "warn",
    says: "programs that run as an administrator take no keys from a vncd that is started here",
    advice: ["Start it in a console opened with “Run as administrator”, or use the service"],
  }];
}
