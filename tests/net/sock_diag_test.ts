import { assert, assertEquals } from "@std/assert";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { linuxRoundTrip } from "../../src/net/round_trip.ts";
import { openSockDiag } from "../../src/net/sock_diag.ts";

const ignore = Deno.build.os !== "linux";

/** A connection within this machine, with what Deno says of its accepted end. */
async function connected(listensAt: string, hostname: string) {
  using listener = Deno.listen({ hostname: listensAt, port: 0 });
  const client = await Deno.connect({ hostname, port: listener.addr.port });
  const accepted = await listener.accept();
  const [remote, local] = [accepted.remoteAddr, accepted.localAddr] as Deno.NetAddr[];
  return {
    client,
    remote: remote!,
    local: local!,
    [Symbol.dispose]() {
      for (const end of [client, accepted]) {
        try {
          end.close();
        } catch {
          // Closed by the test.
        }
      }
    },
  };
}

/** An address that is meant in one network only, of the interface that follows: `fe80::1%eth0`. */
function linkLocal(): string | undefined {
  const found = Deno.networkInterfaces().find(({ address }) => address.startsWith("fe80:"));
  return found && `${found.address}%${found.name}`;
}

const lines: readonly (readonly [listensAt: string, hostname: string | undefined])[] = [
  ["127.0.0.1", "127.0.0.1"],
  ["::1", "::1"],
  ["::", "127.0.0.1"],
  ["::", "::ffff:127.0.0.1"],
  ["::", linkLocal()],
];

for (const [listensAt, hostname] of lines) {
  Deno.test({
    name: `both ends of a connection from ${hostname ?? "fe80::/10"} to ${listensAt} are known`,
    ignore: ignore || hostname === undefined,
    async fn() {
      const diag = openSockDiag()!;
      using connection = await connected(listensAt, hostname!);
      const { client, remote, local } = connection;
      assertEquals(diag(remote, local)?.uid, Deno.uid());
      const ours = diag(local, remote);
      assertEquals(ours?.uid, Deno.uid());
      assert(ours!.roundTrip! > 0 && ours!.roundTrip! < 1000, `${ours!.roundTrip} ms`);
      assertEquals(typeof linuxRoundTrip()(connection), "number");
      client.close();
      assertEquals(diag(remote, local)?.uid, undefined);
      assertEquals(diag(local, remote)?.uid, Deno.uid());
    },
  });
}

Deno.test({
  name: "no other socket is taken for one that isn't there",
  ignore,
  async fn() {
    const diag = openSockDiag()!;
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
    const { localAddr: from, remoteAddr: to } = client as { localAddr: Endpoint } & Deno.TcpConn;
    const at = (hostname: string): Endpoint => ({ hostname, port: from.port });
    assert(diag(from, to));
    assertEquals(diag(at("127.0.0.2"), to), undefined);
    assertEquals(diag(at("::1"), { hostname: "::1", port: to.port }), undefined);
    assertEquals(diag({ hostname: "127.0.0.1", port: from.port ^ 1 }, to), undefined);
    // The listener.
    assertEquals(diag(to, at("127.0.0.2")), undefined);
  },
});

Deno.test({
  name: "there is no socket at what is no address, nor in networks that aren't there",
  ignore,
  fn() {
    const diag = openSockDiag()!;
    const here = { hostname: "127.0.0.1", port: 1 };
    for (const hostname of ["", "pipe", "1:2:3:4:5:6:7:8:9", "300.0.0.1", "fe80::1234%nothing"]) {
      assertEquals(diag({ hostname, port: 1 }, here), undefined, hostname);
      assertEquals(diag(here, { hostname, port: 70000 }), undefined, hostname);
    }
  },
});
