import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { connectViewer } from "./tcp_viewer.ts";
import { startTlsClient } from "./tls_client.ts";
import { u32 } from "./bytes.ts";

/** The certificate that a server has for whoever chooses VeNCrypt's X509None. */
export async function certificateOf(port: number): Promise<X509Certificate> {
  const viewer = await connectViewer(port);
  try {
    await viewer.read(12);
    await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
    await viewer.read((await viewer.read(1))[0]!);
    await viewer.write(19);
    await viewer.read(2);
    await viewer.write(0, 2);
    const [, count] = await viewer.read(2);
    await viewer.read(4 * count!);
    await viewer.send(u32(260));
    await viewer.read(1);
    let socket: TLSSocket | undefined;
    await viewer.upgrade(async (stream) => {
      const encrypted = await startTlsClient(stream);
      socket = encrypted.socket;
      return encrypted;
    });
    return new X509Certificate(socket!.getPeerCertificate().raw);
  } finally {
    viewer.close();
  }
}
