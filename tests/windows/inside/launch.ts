// Runs vncd with arguments in any script, which the command line into Wine can't carry: each is a line of
// Z:\tmp\command.

const [program, ...args] = Deno.readTextFileSync("Z:\\tmp\\command").split("\n");
Deno.exit((await new Deno.Command(program!, { args, stdin: "inherit" }).spawn().status).code);
