import type { SecurityName } from "../policy.ts";

/** What tells the security types of the RSA-AES family apart. */
export interface RsaAesVariant {
  /** The security type's number. */
  readonly id: number;
  /** What session keys are derived and what public keys are compared with. */
  readonly hash: "sha1" | "sha256";
  /**
   * Bytes of a session key, and of each of the two random numbers. (For the latter the specification says
   * 16 everywhere; the viewers that there are want 32 where the key has 32.)
   */
  readonly keySize: 16 | 32;
  /** Whether everything that follows is encrypted, not the credentials alone. */
  readonly encryptsSession: boolean;
}

export const RSA_AES_VARIANTS = {
  ra2: { id: 5, hash: "sha1", keySize: 16, encryptsSession: true },
  ra2ne: { id: 6, hash: "sha1", keySize: 16, encryptsSession: false },
  ra2_256: { id: 129, hash: "sha256", keySize: 32, encryptsSession: true },
  ra2ne_256: { id: 130, hash: "sha256", keySize: 32, encryptsSession: false },
} as const satisfies Partial<Record<SecurityName, RsaAesVariant>>;
