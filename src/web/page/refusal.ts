/** Why a server lets nobody in, and for how long. */
export interface Refusal {
  /** In words for the user. */
  readonly why: string;
  /** Seconds after which it may be tried again; 0 where the server doesn't say. */
  readonly wait: number;
}

const FOR_NOW = /^(.*): try again in (\d+) (s|min)$/;

/** "too many failed attempts: try again in 30 s" is "Too many failed attempts.", and 30. */
export function parseRefusal(reason: string): Refusal {
  const [, why, count, unit] = reason.match(FOR_NOW) ?? [];
  if (why === undefined) return { why: sentence(reason), wait: 0 };
  return { why: sentence(why), wait: Number(count) * (unit === "s" ? 1 : 60) };
}

/** "too many viewers" becomes "Too many viewers." */
export function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1) + (/[.!?]$/.test(reason) ? "" : ".");
}
