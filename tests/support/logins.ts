import { createCipheriv, createDiffieHellman, createHash, generateKeyPairSync } from "node:crypto";
import { concat, u32 } from "./bytes.ts";
import { RsaAesClient } from "./rsa_aes_client.ts";
import type { Login, TestViewer } from "./test_viewer.ts";
import { readTightOffer } from "./tight.ts";
import { tellPlainly, vencryptLogin } from "./vencrypt.ts";
import { vncAuth } from "./vnc_auth.ts";

const key = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;

/** What a viewer knows. */
export interface Secrets {
  readonly password: string;
  /** Told where the security type asks for it. */
  readonly name?: string;
}

function rsaAes(securityType: number, { password, name }: Secrets): Login {
  return {
    securityType,
    authenticate: (viewer) =>
      viewer.upgrade(async (stream) => {
        const client = new RsaAesClient(stream, key);
        await client.authenticate(securityType, password, name);
        return client;
      }),
  };
}

function throughTight(code: number, answer: (viewer: TestViewer) => Promise<void>): Login {
  return {
    securityType: 16,
    async authenticate(viewer) {
      await readTightOffer(viewer);
      await viewer.send(u32(code));
      await answer(viewer);
    },
  };
}

async function answerAppleDh(viewer: TestViewer, { password, name = "" }: Secrets): Promise<void> {
  const [high, low, sizeHigh, sizeLow] = await viewer.read(4);
  const size = sizeHigh! << 8 | sizeLow!;
  const prime = await viewer.read(size);
  const theirs = await viewer.read(size);
  const own = createDiffieHellman(prime, Uint8Array.of(high!, low!));
  own.generateKeys();
  const filled = (bytes: Uint8Array) => concat(new Uint8Array(size - bytes.length), bytes);
  const secret = createHash("md5").update(filled(own.computeSecret(theirs))).digest();
  const fields = crypto.getRandomValues(new Uint8Array(128));
  fields.set(new TextEncoder().encode(`${name}\0`));
  fields.set(new TextEncoder().encode(`${password}\0`), 64);
  const cipher = createCipheriv("aes-128-ecb", secret, null).setAutoPadding(false);
  await viewer.send([...cipher.update(fields), ...filled(own.getPublicKey())]);
}

/** The ways to come in, by the names that `--security` has for them. */
export const LOGINS = {
  ra2_256: (secrets: Secrets) => rsaAes(129, secrets),
  ra2: (secrets: Secrets) => rsaAes(5, secrets),
  x509vnc: ({ password }: Secrets) => vencryptLogin(261, vncAuth(password)),
  x509plain: ({ password, name = "" }: Secrets) =>
    vencryptLogin(262, (viewer) => tellPlainly(viewer, name, password)),
  ra2ne_256: (secrets: Secrets) => rsaAes(130, secrets),
  ra2ne: (secrets: Secrets) => rsaAes(6, secrets),
  apple: (secrets: Secrets): Login => ({
    securityType: 30,
    authenticate: (viewer) => answerAppleDh(viewer, secrets),
  }),
  vnc: ({ password }: Secrets): Login => ({ securityType: 2, authenticate: vncAuth(password) }),
  plain: ({ password, name = "" }: Secrets) =>
    vencryptLogin(256, (viewer) => tellPlainly(viewer, name, password)),
  tight: ({ password }: Secrets) => throughTight(2, vncAuth(password)),
} as const;

export type LoginName = keyof typeof LOGINS;

/** What a login ends with: "in", or the reason why not. */
export async function outcome(viewer: TestViewer, login: Login): Promise<string> {
  try {
    await viewer.login(login);
    return "in";
  } catch (error) {
    return (error as Error).message;
  }
}
