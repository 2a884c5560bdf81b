import { assert, assertEquals, assertMatch } from "@std/assert";
import { makeCertificate, makeCertificateKey } from "../../../src/security/tls/certificate.ts";

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 5, 1);

Deno.test("a certificate names the machine in every way, and is its key's", async () => {
  const key = makeCertificateKey();
  const addresses = ["127.0.0.1", "::1", "192.0.2.7", "192.0.2.7", "fe80::1%eth0"];
  const made = await makeCertificate(key, { hostname: "desk", addresses }, NOW);
  assertEquals(made.subject, "CN=desk");
  const names = "DNS:desk, DNS:localhost, IP Address:127.0.0.1, IP Address:::1, ";
  assertEquals(made.subjectAltName, `${names}IP Address:192.0.2.7, IP Address:fe80::1`);
  assert(made.checkPrivateKey(key) && made.verify(made.publicKey) && !made.ca);
});

Deno.test("a certificate is valid from the day before, for 397 days", async () => {
  const key = makeCertificateKey();
  const made = await makeCertificate(key, { hostname: "desk", addresses: [] }, NOW);
  assertEquals(Date.parse(made.validFrom), NOW - DAY);
  assertEquals(Date.parse(made.validTo), NOW + 396 * DAY);
});

Deno.test("no two certificates have the same number", async () => {
  const key = makeCertificateKey();
  const numbers = new Set<string>();
  for (let i = 0; i < 5; i++) {
    const made = await makeCertificate(key, { hostname: "desk", addresses: [] }, NOW);
    assertMatch(made.serialNumber, /^[0-7]?[0-9A-F]{20,}$/);
    numbers.add(made.serialNumber);
  }
  assertEquals(numbers.size, 5);
});

Deno.test("a host name that is no DNS name does no harm", async () => {
  const key = makeCertificateKey();
  for (const hostname of ["", "büro", "a,CN=b", "x".repeat(200), "a b", '"\\+=#'] as const) {
    const made = await makeCertificate(key, { hostname, addresses: [] }, NOW);
    assert(made.subjectAltName!.includes("DNS:localhost"));
    assertEquals(made.subject.split("\n").length, 1, made.subject);
    assert(made.checkPrivateKey(key));
  }
});
