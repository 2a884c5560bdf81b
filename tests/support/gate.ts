import type { Accounts } from "../../src/security/accounts/accounts.ts";
import { Gate } from "../../src/security/gate.ts";

/** A gate that lets everybody try as often and as fast as they like. */
export function patientGate(accounts: Accounts): Gate {
  return new Gate(accounts, { try: (_, __, check) => check(), refusal: () => undefined });
}
