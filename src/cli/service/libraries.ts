import { messageOf } from "../../log.ts";
import { CommandError } from "../failure.ts";
import { ADVAPI32_SERVICE, KERNEL32_SERVICE, type ServiceLibraries } from "./service_symbols.ts";

/** The service's name for the service control manager. */
export const SERVICE_NAME = "vncd";

/**
 * Loads what services are made of.
 * @throws {CommandError} When this isn't Windows.
 */
export function loadServiceLibraries(): ServiceLibraries {
  try {
    return {
      advapi32: Deno.dlopen("advapi32.dll", ADVAPI32_SERVICE).symbols,
      kernel32: Deno.dlopen("kernel32.dll", KERNEL32_SERVICE).symbols,
    };
  } catch (error) {
    throw new CommandError(`Windows' services can't be used: ${messageOf(error)}`);
  }
}

/** Where a buffer is, to be put into a structure; the buffer must live as long as that is used. */
export function addressOf(buffer: BufferSource): bigint {
  return BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(buffer)));
}
