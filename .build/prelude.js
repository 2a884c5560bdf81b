// Runs before the program in the packed file: the launcher hid the user's HOME from Deno. In a Worker,
// which starts from this file too and has the same environment, that has been done.
if (!("DedicatedWorkerGlobalScope" in globalThis)) {
  try {
    const home = Deno.env.get("VNCD_LAUNCHER_HOME");
    if (home === undefined) Deno.env.delete("HOME");
    else Deno.env.set("HOME", home);
  } catch {
    // A name that is no text, which Deno can't handle.
    Deno.env.delete("HOME");
  }
  Deno.env.delete("VNCD_LAUNCHER_HOME");
}
