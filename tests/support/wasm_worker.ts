// As encoding_worker.ts, where the system has no libturbojpeg: it has to wait for another codec first.

import { openJpegCodec } from "../../src/encodings/jpeg/open.ts";
import { serveJobs } from "../../src/encodings/pool/serve_jobs.ts";
import { createEncoders } from "../../src/encodings/table.ts";

const codec = await openJpegCodec(() => {
  throw new Error("there is no libturbojpeg");
});
serveJobs(createEncoders(codec));
