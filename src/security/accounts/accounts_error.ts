/**
 * Accounts can't be used: a file that makes no sense, a library that is missing. `message` is a part of a
 * line for a person and holds no secret.
 */
export class AccountsError extends Error {
  override readonly name = "AccountsError";
}
