import manifest from "../../deno.json" with { type: "json" };

/** The version of vncd. */
export const VERSION: string = manifest.version;
