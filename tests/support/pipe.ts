/** Makes a named pipe, which nobody writes to. */
export function makePipe(file: string): void {
  const { success } = new Deno.Command("mkfifo", { args: [file] }).outputSync();
  if (!success) throw new Error(`can't make the pipe ${file}`);
}
