// Stand-in for @std/cli/parse-args; filled in with the command line.
export {};
