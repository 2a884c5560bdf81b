import { u32 } from "./bytes.ts";
import type { TestViewer } from "./test_viewer.ts";

/** Says all that comes before the TLS handshake of one of VeNCrypt's subtypes. */
export async function sayPreamble(viewer: TestViewer, subtype: number): Promise<void> {
  await viewer.read(12);
  await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
  await viewer.read((await viewer.read(1))[0]!);
  await viewer.write(19);
  await viewer.read(2);
  await viewer.write(0, 2);
  const [, count] = await viewer.read(2);
  await viewer.read(4 * count!);
  await viewer.send(u32(subtype));
  await viewer.read(1);
}
