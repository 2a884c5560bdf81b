import type { KeyObject } from "node:crypto";
import { AppleDh } from "./apple_dh.ts";
import type { Gate } from "./gate.ts";
import type { TlsIdentity } from "./keys/tls_identity.ts";
import { none } from "./none.ts";
import { Plain } from "./plain.ts";
import { insideTight, type SecurityName, type SecurityPolicy } from "./policy.ts";
import { RsaAes } from "./rsa_aes.ts";
import { RSA_AES_VARIANTS } from "./rsa_aes/variant.ts";
import type { SecurityType } from "./security_type.ts";
import { Tight, TIGHT_AUTHENTICATION } from "./tight.ts";
import { UnixLogin } from "./unix_login.ts";
import { VeNCrypt, VENCRYPT_SUBTYPE, type VeNCryptSubtype } from "./vencrypt.ts";
import { VncAuth } from "./vnc_auth.ts";

/** What security types are made with. */
export interface SecurityMeans {
  /** Where credentials are brought to. */
  readonly gate: Gate;
  /** For those of RSA-AES. */
  readonly rsaKey: KeyObject | undefined;
  /** For those of VeNCrypt that begin TLS. */
  readonly tls: TlsIdentity | undefined;
}

/**
 * The security types that a policy names, in its order. VeNCrypt, which holds several, stands where the
 * first of them does; Tight holds what can be had inside it of all the others.
 * @param means With what the policy needs.
 */
export function securityTypes(policy: SecurityPolicy, means: SecurityMeans): SecurityType[] {
  const vencrypt = vencryptOf(policy, means);
  const types = policy.map((name) => typeFor(name, policy, means, vencrypt));
  return [...new Set(types)];
}

function typeFor(
  name: SecurityName,
  policy: SecurityPolicy,
  { gate, rsaKey }: SecurityMeans,
  vencrypt: VeNCrypt,
): SecurityType {
  switch (name) {
    case "ra2_256":
    case "ra2":
    case "ra2ne_256":
    case "ra2ne":
      return new RsaAes(RSA_AES_VARIANTS[name], rsaKey!, gate);
    case "x509vnc":
    case "x509plain":
    case "x509none":
    case "plain":
      return vencrypt;
    case "apple":
      return new AppleDh(gate);
    case "vnc":
      return new VncAuth(gate);
    case "tight":
      return tightOf(policy, gate, vencrypt);
    case "none":
      return none;
  }
}

function vencryptOf(policy: SecurityPolicy, { gate, tls }: SecurityMeans): VeNCrypt {
  const subtypes = policy.flatMap((name) => subtypeFor(name, gate) ?? []);
  return new VeNCrypt(subtypes, (highest) => tls!.secureContext(highest));
}

function subtypeFor(name: SecurityName, gate: Gate): VeNCryptSubtype | undefined {
  switch (name) {
    case "x509vnc":
      return { id: VENCRYPT_SUBTYPE.X509Vnc, tls: true, authentication: new VncAuth(gate) };
    case "x509plain":
      return { id: VENCRYPT_SUBTYPE.X509Plain, tls: true, authentication: new Plain(gate) };
    case "x509none":
      return { id: VENCRYPT_SUBTYPE.X509None, tls: true, authentication: none };
    case "plain":
      return { id: VENCRYPT_SUBTYPE.Plain, tls: false, authentication: new Plain(gate) };
  }
}

function tightOf(policy: SecurityPolicy, gate: Gate, vencrypt: VeNCrypt): Tight {
  const types = {
    VeNCrypt: vencrypt,
    VncAuth: new VncAuth(gate),
    UnixLogin: new UnixLogin(gate),
    None: none,
  };
  return new Tight(
    insideTight(policy).map((name) => ({
      capability: TIGHT_AUTHENTICATION[name],
      type: types[name],
    })),
  );
}
