import { generateKeyPairSync } from "node:crypto";
import type { Gate } from "../../src/security/gate.ts";
import { SECURITY_NAMES, type SecurityName } from "../../src/security/policy.ts";
import { RSA_AES_VARIANTS } from "../../src/security/rsa_aes/variant.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { securityTypes } from "../../src/security/table.ts";
import { u16, u32 } from "./bytes.ts";
import type { TestViewer } from "./test_viewer.ts";
import { readTightOffer } from "./tight.ts";
import { chooseSubtype, secureContext } from "./vencrypt.ts";

/** A place in a handshake where something of the viewer's is due. */
export interface Stage {
  /** What is due there. */
  readonly name: string;
  /** Brings a viewer that has just connected there. */
  readonly reach: (viewer: TestViewer) => Promise<void>;
  /** The largest length that can be told there, where one is due. */
  readonly length?: readonly number[];
  /** Whether it lies behind a TLS handshake, which takes a while. */
  readonly isSlow?: true;
}

const rsaKey = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const tls = { secureContext, fingerprints: { certificate: "", publicKey: "" }, names: [] };

/** Every security type that vncd has. */
export const everySecurityType = (gate: Gate): SecurityType[] =>
  securityTypes(SECURITY_NAMES, { gate, rsaKey, tls });

/** Greets, and chooses a security type by its number. */
async function choose(viewer: TestViewer, id: number): Promise<void> {
  await viewer.read(12);
  await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
  await viewer.read((await viewer.read(1))[0]!);
  await viewer.write(id);
}

async function chooseInVeNCrypt(viewer: TestViewer, subtype: number): Promise<void> {
  await choose(viewer, 19);
  await chooseSubtype(viewer, subtype);
}

/** Up to where TLS begins. */
async function agreeOnTls(viewer: TestViewer, subtype: number): Promise<void> {
  await choose(viewer, 19);
  await viewer.read(2);
  await viewer.write(0, 2);
  await viewer.read(1);
  await viewer.read((await viewer.read(1))[0]! * 4);
  await viewer.write(...u32(subtype));
  await viewer.read(1);
}

async function chooseInTight(viewer: TestViewer, code: number): Promise<void> {
  await choose(viewer, 16);
  await readTightOffer(viewer);
  await viewer.write(...u32(code));
}

const MAX_U16 = u16(0xffff);
const MAX_U32 = u32(0xffffffff);
/** Bytes of a random number that is encrypted with the server's key. */
const RSA_LENGTH = 128;

/** A public key of 1024 bits that nobody has the other half of. */
const PUBLIC_KEY = [
  ...u32(1024),
  ...new Array(RSA_LENGTH).fill(0xff),
  ...new Array(RSA_LENGTH - 3).fill(0),
  ...[1, 0, 1],
];

function rsaAes(id: number): readonly Stage[] {
  const first = async (viewer: TestViewer) => {
    await choose(viewer, id);
    await viewer.read(4 + 2 * RSA_LENGTH);
  };
  const second = async (viewer: TestViewer) => {
    await first(viewer);
    await viewer.send(PUBLIC_KEY);
    await viewer.read(2 + RSA_LENGTH);
  };
  const third = async (viewer: TestViewer) => {
    await second(viewer);
    await viewer.send([...u16(RSA_LENGTH), ...new Array(RSA_LENGTH).fill(1)]);
    await viewer.read(2 + (id < 128 ? 20 : 32) + 16);
  };
  return [
    { name: "the viewer's key", reach: first, length: MAX_U32 },
    { name: "the viewer's random number", reach: second, length: MAX_U16 },
    { name: "the first encrypted message", reach: third, length: MAX_U16 },
  ];
}

function x509(subtype: number, behind: Omit<Stage, "reach" | "isSlow">[]): readonly Stage[] {
  return [
    {
      name: "the first record of TLS",
      reach: (viewer) => agreeOnTls(viewer, subtype),
      length: [22, 3, 1, ...MAX_U16],
    },
    ...behind.map((each) => ({
      ...each,
      reach: (viewer: TestViewer) => chooseInVeNCrypt(viewer, subtype),
      isSlow: true as const,
    })),
  ];
}

const NAME = { name: "the length of the name", length: [...MAX_U32, ...u32(1)] };
const PASSWORD = { name: "the length of the password", length: [...u32(1), ...MAX_U32] };

/** What is due from a viewer before it has logged in, by the name of the security. */
export const STAGES: Readonly<Record<SecurityName, readonly Stage[]>> = {
  ra2_256: rsaAes(RSA_AES_VARIANTS.ra2_256.id),
  ra2: rsaAes(RSA_AES_VARIANTS.ra2.id),
  ra2ne_256: rsaAes(RSA_AES_VARIANTS.ra2ne_256.id),
  ra2ne: rsaAes(RSA_AES_VARIANTS.ra2ne.id),
  x509vnc: x509(261, [{ name: "the response" }]),
  x509plain: x509(262, [NAME, PASSWORD]),
  x509none: x509(260, [{ name: "ClientInit" }]),
  apple: [{ name: "the credentials", reach: (viewer) => choose(viewer, 30) }],
  vnc: [{ name: "the response", reach: (viewer) => choose(viewer, 2) }],
  plain: [
    { ...NAME, reach: (viewer) => chooseInVeNCrypt(viewer, 256) },
    { ...PASSWORD, reach: (viewer) => chooseInVeNCrypt(viewer, 256) },
  ],
  tight: [
    {
      name: "the choice",
      reach: async (viewer) => {
        await choose(viewer, 16);
        await readTightOffer(viewer);
      },
      length: MAX_U32,
    },
    { ...NAME, reach: (viewer) => chooseInTight(viewer, 129) },
    { ...PASSWORD, reach: (viewer) => chooseInTight(viewer, 129) },
    { name: "the response", reach: (viewer) => chooseInTight(viewer, 2) },
  ],
  none: [{ name: "ClientInit", reach: (viewer) => choose(viewer, 1) }],
};
