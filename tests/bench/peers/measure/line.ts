// A slow line in a process of its own, so that what it does delays nobody who measures:
//
//     deno run -A line.ts PORT RATE DELAY BUFFER
//
// It prints its own port, and ends when its standard input does.

import { ThrottledLink } from "../../../support/throttled_link.ts";

const [port, rate, delay, buffer] = Deno.args.map(Number);
using link = new ThrottledLink(port!, { rate: rate!, delay: delay!, buffer: buffer! });
await Deno.stdout.write(new TextEncoder().encode(`port ${link.port}\n`));
await Deno.stdin.read(new Uint8Array(1));
