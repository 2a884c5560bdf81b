import { ALL_RIGHTS } from "./rights.ts";
import type { SecurityType } from "./security_type.ts";

/** Security type None (RFC 6143 §7.2.1): whoever connects has full control. */
export const none: SecurityType = {
  id: 1,
  alwaysHasResult: false,
  authenticate: () => Promise.resolve({ rights: ALL_RIGHTS }),
};
