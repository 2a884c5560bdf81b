/** The desktop can't be had, or is gone: `message` is one line for a person, with what to do. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
}
