import { messageOf } from "../../log.ts";
import { findCredentials } from "../credentials.ts";
import type { Check, Finding } from "./check.ts";

/** Whether it is settled who may come in. */
export const passwordCheck: Check = {
  name: "password",
  look: ({ options, environment }) => {
    const findings: Finding[] = [];
    const warn = (says: string) => void findings.push({ verdict: "warn", says });
    try {
      const { passwords } = findCredentials(options, environment, { warn, info: () => {} });
      if (passwords.from === "chance") {
        return [...findings, {
          verdict: "warn",
          says: "there is no lasting password: vncd makes another at each start and shows it",
          advice: ["vncd passwd"],
        }];
      }
      const says = passwords.from === "file"
        ? `the password is in ${passwords.file}`
        : "no password for everybody: the options say who comes in";
      return [...findings, { verdict: "ok", says }];
    } catch (error) {
      return [...findings, { verdict: "problem", says: messageOf(error) }];
    }
  },
};
