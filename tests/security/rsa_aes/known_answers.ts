import { createPrivateKey } from "node:crypto";
import type { RsaAesVariant } from "../../../src/security/rsa_aes/variant.ts";
import known from "./known_answers.json" with { type: "json" };

// Handshakes whose every byte is known: known_answers.py beside this says where they come from.

/** 1024 bits. */
export const SERVER_KEY = createPrivateKey(known.serverKey);
/** 1030 bits. */
export const VIEWER_KEY = createPrivateKey(known.clientKey);
/** Of the server's key. */
export const FINGERPRINT = known.fingerprint;

/** What the viewer in the handshake tells. */
export const CREDENTIALS = {
  sha1: { name: "", password: "secret" },
  sha256: { name: "zoë", password: "pässword" },
};

const decoded = <Name extends string>(messages: Readonly<Record<Name, string>>) =>
  Object.fromEntries(
    Object.entries<string>(messages).map(([name, hex]) => [name, Uint8Array.fromHex(hex)]),
  ) as Record<Name, Uint8Array<ArrayBuffer>>;

/**
 * The handshake of a variant up to ClientInit. The server's random number is missing in what it
 * sends: its encryption is never the same twice.
 */
export function knownHandshake({ hash, encryptsSession }: RsaAesVariant) {
  const { serverRandom, toServer, toViewer } = known[hash];
  const plain = encryptsSession ? {} : { clientInit: Uint8Array.of(1) };
  return {
    serverRandom: Uint8Array.fromHex(serverRandom),
    toServer: { ...decoded(toServer), ...plain },
    toViewer: {
      ...decoded(toViewer),
      ...encryptsSession ? {} : { securityResult: new Uint8Array(4) },
    },
  };
}
