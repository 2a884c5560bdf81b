/** A set of permissions as deno.json writes it. */
export type PermissionSet = Readonly<Record<string, boolean | readonly string[]>>;

/**
 * The arguments of `deno run` that grant a set of permissions.
 * @example permissionFlags({ net: true, sys: ["hostname"] }) // ["--allow-net", "--allow-sys=hostname"]
 */
export function permissionFlags(set: PermissionSet): string[] {
  return Object.entries(set).flatMap(([name, grant]) => {
    if (grant === true) return [`--allow-${name}`];
    return grant && grant.length > 0 ? [`--allow-${name}=${grant.join(",")}`] : [];
  });
}
