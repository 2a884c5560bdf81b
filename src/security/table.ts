import type { Gate } from "./gate.ts";
import { none } from "./none.ts";
import type { SecurityName, SecurityPolicy } from "./policy.ts";
import type { SecurityType } from "./security_type.ts";
import { VncAuth } from "./vnc_auth.ts";

/** What security types are made with. */
export interface SecurityMeans {
  /** Where credentials are brought to. */
  readonly gate: Gate;
}

const TYPES: Partial<Record<SecurityName, (means: SecurityMeans) => SecurityType>> = {
  vnc: ({ gate }) => new VncAuth(gate),
  none: () => none,
};

/** The security types that a policy names, in its order. */
export function securityTypes(policy: SecurityPolicy, means: SecurityMeans): SecurityType[] {
  return policy.flatMap((name) => TYPES[name]?.(means) ?? []);
}
