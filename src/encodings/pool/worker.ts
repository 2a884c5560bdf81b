import { openJpegCodec } from "../jpeg/open.ts";
import { createEncoders } from "../table.ts";
import { serveJobs } from "./serve_jobs.ts";

/** Whether this is a Worker, rather than what the program began with. */
export function isWorker(): boolean {
  return "DedicatedWorkerGlobalScope" in globalThis;
}

/** What a Worker of vncd does: it encodes for the {@linkcode WorkerPool}. */
export async function runWorker(): Promise<void> {
  serveJobs(createEncoders(await openJpegCodec()));
}
