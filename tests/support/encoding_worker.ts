// What main.ts does in a Worker. A test can't start that from main.ts itself: deno test checks the types
// of all that it imports by what Workers have, and they have no prompt().

import { runWorker } from "../../src/encodings/pool/worker.ts";

await runWorker();
