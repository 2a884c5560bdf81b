import { assertEquals } from "@std/assert";
import { linuxSocketOwner } from "../../src/security/attempts/socket_owner.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test({
    name: `the system tells whose a connection over ${hostname} is, until that has closed it`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const ownerOf = linuxSocketOwner()!;
      using listener = Deno.listen({ hostname, port: 0 });
      const client = await Deno.connect({ hostname, port: listener.addr.port });
      const connection = new TcpConnection(await listener.accept());
      const { remote, local } = connection;
      assertEquals(await ownerOf(remote, local), Deno.uid());
      client.close();
      assertEquals(await ownerOf(remote, local), undefined);
      connection.close();
    },
  });
}
