import type { ConnectionOptions } from "node:tls";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { patientGate } from "./gate.ts";
import { type HighestTls, ServerCertificate } from "../../src/security/keys/tls_identity.ts";
import { none } from "../../src/security/none.ts";
import { Plain } from "../../src/security/plain.ts";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import {
  VeNCrypt,
  type VENCRYPT_SUBTYPE,
  type VeNCryptSubtype,
} from "../../src/security/vencrypt.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { u32 } from "./bytes.ts";
import type { Login, TestViewer } from "./test_viewer.ts";
import { startTlsClient } from "./tls_client.ts";

const key = makeCertificateKey();
const names = { hostname: "vncd.example", addresses: ["127.0.0.1", "::1"] };

/** A certificate for this machine, made anew for each run of a test file. */
export const certificate = await makeCertificate(key, names, Date.now());
const { contexts } = new ServerCertificate([certificate], key);
/** For handshakes with {@linkcode certificate}. */
export const secureContext = (highest: HighestTls = "TLSv1.3") =>
  Promise.resolve(contexts[highest]);

/** Whom everything in here lets in. */
export const PASSWORD = "open up";

const gate = patientGate(new SharedPasswords({ full: new TextEncoder().encode(PASSWORD) }));

/** Each subtype by its name. */
export const SUBTYPES: Readonly<Record<keyof typeof VENCRYPT_SUBTYPE, VeNCryptSubtype>> = {
  Plain: { id: 256, tls: false, authentication: new Plain(gate) },
  X509None: { id: 260, tls: true, authentication: none },
  X509Vnc: { id: 261, tls: true, authentication: new VncAuth(gate) },
  X509Plain: { id: 262, tls: true, authentication: new Plain(gate) },
};

/** VeNCrypt with those subtypes. */
export function vencrypt(...names: readonly (keyof typeof SUBTYPES)[]): VeNCrypt {
  return new VeNCrypt(names.map((name) => SUBTYPES[name]), secureContext);
}

/** Chooses a subtype, up to and with the TLS handshake where it begins with one. */
export async function chooseSubtype(
  viewer: TestViewer,
  id: number,
  tls?: ConnectionOptions,
): Promise<void> {
  if ((await viewer.read(2)).join() !== "0,2") throw new Error("not VeNCrypt 0.2");
  await viewer.write(0, 2);
  if ((await viewer.read(1))[0] !== 0) throw new Error("version 0.2 refused");
  const offered = await viewer.read((await viewer.read(1))[0]! * 4);
  await viewer.write(...u32(id));
  if (id === 256) return;
  const [ack] = await viewer.read(1);
  if (ack !== 1) throw new Error(`TLS refused; on offer: ${offered}`);
  await viewer.upgrade((stream) => startTlsClient(stream, tls));
}

/** Tells a name and a password as Plain does. */
export function tellPlainly(viewer: TestViewer, name: string, password: string): Promise<void> {
  const [user, secret] = [name, password].map((text) => [...new TextEncoder().encode(text)]);
  return viewer.send([...u32(user!.length), ...u32(secret!.length), ...user!, ...secret!]);
}

/** A login through a subtype of VeNCrypt. */
export function vencryptLogin(
  id: number,
  authenticate: (viewer: TestViewer) => Promise<void> = () => Promise.resolve(),
): Login {
  return {
    securityType: 19,
    async authenticate(viewer) {
      await chooseSubtype(viewer, id);
      await authenticate(viewer);
    },
  };
}
