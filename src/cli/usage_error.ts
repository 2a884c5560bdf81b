/** The command line or the environment asks for what vncd can't do; `message` is one line for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
