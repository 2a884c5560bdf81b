// Says whether a key is down. Argument: the number of its virtual key.

const { symbols } = Deno.dlopen("user32.dll", {
  GetAsyncKeyState: { parameters: ["i32"], result: "i16" },
});

// deno-lint-ignore no-console -- what it is for
console.log(symbols.GetAsyncKeyState(Number(Deno.args[0])) < 0 ? "down" : "up");
