import { AccountsError } from "./accounts_error.ts";
import { PamAccounts } from "./pam.ts";
import { WindowsAccounts } from "./windows_logon.ts";

/** The accounts of the operating system. */
export interface SystemAccounts {
  /**
   * Whether the system would let this user log in now.
   * @param address The viewer's, for the system's own rules and its log.
   */
  check(name: string, password: Uint8Array, address?: string): Promise<boolean>;
}

/**
 * The accounts of the system that vncd runs on.
 * @param service The name of PAM's configuration for vncd, where there is PAM.
 * @throws {AccountsError} When they can't be had.
 */
export function openSystemAccounts(service: string): SystemAccounts {
  switch (Deno.build.os) {
    case "linux":
      return new PamAccounts({ service });
    case "windows":
      return new WindowsAccounts();
    default:
      throw new AccountsError("vncd knows the system's accounts only on Linux and Windows");
  }
}
