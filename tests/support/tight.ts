import type { TestViewer } from "./test_viewer.ts";

const number = (bytes: Uint8Array) => bytes.reduce((value, byte) => value * 256 + byte, 0);

/** Reads CAPABILITYs: each as "code vendor+signature". */
export async function readCapabilities(viewer: TestViewer, count: number): Promise<string[]> {
  const all: string[] = [];
  for (let i = 0; i < count; i++) {
    const code = number(await viewer.read(4)) | 0;
    all.push(`${code} ${new TextDecoder().decode(await viewer.read(12))}`);
  }
  return all;
}

/** Reads what security type Tight begins with: the types of authentication; none: there is none. */
export async function readTightOffer(viewer: TestViewer): Promise<string[]> {
  const tunnels = number(await viewer.read(4));
  if (tunnels !== 0) throw new Error(`${tunnels} tunnels`);
  return await readCapabilities(viewer, number(await viewer.read(4)));
}

/** What a server says that it knows. */
export interface TightInteraction {
  readonly serverMessages: string[];
  readonly clientMessages: string[];
  readonly encodings: string[];
}

/** Reads what Tight adds to ServerInit. */
export async function readTightInteraction(viewer: TestViewer): Promise<TightInteraction> {
  const head = await viewer.read(8);
  const [servers, clients, encodings] = [0, 2, 4].map((at) => number(head.subarray(at, at + 2)));
  return {
    serverMessages: await readCapabilities(viewer, servers!),
    clientMessages: await readCapabilities(viewer, clients!),
    encodings: await readCapabilities(viewer, encodings!),
  };
}
