import { assertStringIncludes, assertThrows } from "@std/assert";
import { AccountsError } from "../../../src/security/accounts/accounts_error.ts";
import { PamAccounts } from "../../../src/security/accounts/pam.ts";
import { WindowsAccounts } from "../../../src/security/accounts/windows_logon.ts";

// Without permissions no library can be loaded, as if it were missing.
Deno.test("a library that can't be loaded is told in words for a person", () => {
  const pam = assertThrows(() => new PamAccounts({ service: "login" }), AccountsError);
  assertStringIncludes(pam.message, "the system's accounts need libpam.so.0 (");
  assertStringIncludes(pam.message, "): install the package libpam0g");
  const windows = assertThrows(() => new WindowsAccounts(), AccountsError);
  assertStringIncludes(windows.message, "the system's accounts can't be used: ");
});
