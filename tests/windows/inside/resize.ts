// Gives the screen another size. Arguments: width and height.

import { setResolution } from "./display_settings.ts";

const [width, height] = Deno.args.map(Number);
Deno.exit(setResolution(width!, height!));
