import { messageOf } from "../../log.ts";
import { PlatformError } from "../errors.ts";
import { LIBC, X11, XDAMAGE, XEXT, XFIXES, XI, XTST } from "./symbols.ts";

type Functions<Table extends Deno.ForeignLibraryInterface> = Deno.DynamicLibrary<Table>["symbols"];

/** The C libraries; the optional ones are `undefined` where they are not installed. */
export interface Libraries {
  readonly x11: Functions<typeof X11>;
  readonly libc: Functions<typeof LIBC>;
  readonly xext: Functions<typeof XEXT> | undefined;
  readonly xtst: Functions<typeof XTST> | undefined;
  readonly xdamage: Functions<typeof XDAMAGE> | undefined;
  readonly xfixes: Functions<typeof XFIXES> | undefined;
  readonly xi: Functions<typeof XI> | undefined;
}

/** Libraries that vncd can do without. */
export type OptionalLibrary = "xext" | "xtst" | "xdamage" | "xfixes" | "xi";

let loaded: Libraries | undefined;

/**
 * Loads the libraries, once in a process: Xlib keeps callbacks, so it is never unloaded.
 * @throws {PlatformError} When libX11 is missing.
 */
export function loadLibraries(): Libraries {
  loaded ??= {
    x11: required("libX11.so.6", "libx11-6", X11),
    libc: required("libc.so.6", "libc6", LIBC),
    xext: optional("libXext.so.6", XEXT),
    xtst: optional("libXtst.so.6", XTST),
    xdamage: optional("libXdamage.so.1", XDAMAGE),
    xfixes: optional("libXfixes.so.3", XFIXES),
    xi: optional("libXi.so.6", XI),
  };
  return loaded;
}

function required<Table extends Deno.ForeignLibraryInterface>(
  file: string,
  debianPackage: string,
  table: Table,
): Functions<Table> {
  try {
    return Deno.dlopen(file, table).symbols;
  } catch (error) {
    const reason = messageOf(error);
    throw new PlatformError(
      `cannot load ${file} (${reason}): install the package ${debianPackage}`,
    );
  }
}

function optional<Table extends Deno.ForeignLibraryInterface>(
  file: string,
  table: Table,
): Functions<Table> | undefined {
  try {
    return Deno.dlopen(file, table).symbols;
  } catch {
    return undefined;
  }
}
