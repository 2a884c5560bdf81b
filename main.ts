import { run } from "./src/cli/run.ts";
import { isWorker, runWorker } from "./src/encodings/pool/worker.ts";

if (isWorker()) await runWorker();
else Deno.exit(await run(Deno.args));
