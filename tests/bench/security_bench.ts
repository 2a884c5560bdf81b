// What encryption costs: every iteration is a megabyte, so that iterations a second are MB/s.

import { ByteSource } from "../../src/rfb/byte_source.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { AesEax } from "../../src/security/crypto/aes_eax.ts";
import { EaxConnection } from "../../src/security/rsa_aes/eax_connection.ts";
import { connectionPair } from "../support/memory_connection.ts";

const MEGABYTE = 1_000_000;

/** An encrypted stream that takes everything and sends it nowhere. */
async function encrypted(keySize: number): Promise<Connection> {
  const connection: Connection = { ...connectionPair()[0], write: () => Promise.resolve() };
  const eax = await AesEax.create(new Uint8Array(keySize));
  return new EaxConnection(connection, new ByteSource(connection), eax, eax);
}

for (const keySize of [16, 32]) {
  for (const size of [4_000, 64_000, MEGABYTE]) {
    const connection = await encrypted(keySize);
    const bytes = new Uint8Array(size);
    Deno.bench(`RSA-AES, AES-${keySize * 8}, 1 MB in writes of ${size} bytes`, async () => {
      for (let sent = 0; sent < MEGABYTE; sent += size) await connection.write(bytes);
    });
  }
}
