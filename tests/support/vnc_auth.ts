import { createCipheriv } from "node:crypto";
import type { TestViewer } from "./test_viewer.ts";

/** VNC Authentication's answer, written apart from the server's own. */
export function vncAuth(password: string): (viewer: TestViewer) => Promise<void> {
  const key = Uint8Array.from({ length: 8 }, (_, i) => {
    const bits = (password.charCodeAt(i) || 0).toString(2).padStart(8, "0");
    return parseInt([...bits].reverse().join(""), 2);
  });
  return async (viewer) => {
    const challenge = await viewer.read(16);
    const answer = [challenge.slice(0, 8), challenge.slice(8)].flatMap((block) => {
      const cipher = createCipheriv(
        "des-ede3-cbc",
        new Uint8Array([...key, ...key, ...key]),
        new Uint8Array(8),
      );
      cipher.setAutoPadding(false);
      return [...cipher.update(block)];
    });
    await viewer.write(...answer);
  };
}
