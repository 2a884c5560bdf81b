import type { Host } from "../host.ts";
import type { Options } from "../options.ts";
export async function doctor(_o: Options, _h: Host): Promise<number> { return 0; }
