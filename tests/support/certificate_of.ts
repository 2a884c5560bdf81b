import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { connectViewer } from "./tcp_viewer.ts";
import { startTlsClient } from "./tls_client.ts";
import { sayPreamble } from "./vencrypt_preamble.ts";

/** The certificate that a server has for whoever chooses VeNCrypt's X509None. */
export async function certificateOf(port: number): Promise<X509Certificate> {
  const viewer = await connectViewer(port);
  try {
    await sayPreamble(viewer, 260);
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
