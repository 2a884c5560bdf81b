import type { ByteSource } from "../rfb/byte_source.ts";

/** What somebody who came in may do: everything, or look only. */
export type Access = "control" | "view";

/** The two directions of a connection during the security handshake. */
export interface SecurityChannel {
  readonly source: ByteSource;
  write(bytes: Uint8Array): Promise<void>;
}

/** One security type (RFC 6143 §7.2). */
export interface SecurityType {
  /** The specification's number. */
  readonly id: number;
  /** Whether a SecurityResult follows in version 3.3 and 3.7 too (all but None: RFC 6143 §7.2.1). */
  readonly alwaysHasResult: boolean;
  /**
   * Exchanges what the type prescribes.
   * @returns What the viewer may do from now on.
   * @throws {AuthError} When it may not come in.
   */
  authenticate(channel: SecurityChannel): Promise<Access>;
}
