import { assertEquals } from "@std/assert";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { Attempts } from "../../src/security/attempts/attempts.ts";
import { linuxSocketOwner } from "../../src/security/attempts/socket_owner.ts";
import { Gate } from "../../src/security/gate.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { Session } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { vncAuth } from "../support/vnc_auth.ts";

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
      assertEquals(ownerOf(remote, local), Deno.uid());
      client.close();
      assertEquals(ownerOf(remote, local), undefined);
      connection.close();
    },
  });
}

Deno.test({
  name: "another user's connection is his",
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0,
  async fn() {
    const nobody = 65534;
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const client = new Deno.Command("/bin/bash", {
      args: ["-c", `exec 3<>/dev/tcp/127.0.0.1/${port}; read -u 3`],
      uid: nobody,
      stdin: "null",
    }).spawn();
    const connection = new TcpConnection(await listener.accept());
    const { remote, local } = connection;
    assertEquals(linuxSocketOwner()!(remote, local), nobody);
    connection.close();
    await client.status;
  },
});

Deno.test({
  name: "a user who guesses over loopback is locked out",
  ignore: Deno.build.os !== "linux",
  async fn() {
    let now = 0;
    const sleep = (milliseconds: number) => Promise.resolve(void (now += milliseconds));
    const attempts = new Attempts({ now: () => now, sleep, ownerOf: linuxSocketOwner() });
    const full = new TextEncoder().encode("secret");
    const gate = new Gate(new SharedPasswords({ full }), attempts);
    await using session = new Session({ securityTypes: [new VncAuth(gate)], gate });
    const [{ port }] = session.server.listen("127.0.0.1", 0) as [Deno.NetAddr];
    const answers: string[] = [];
    for (const password of [...new Array(6).fill("wrong"), "secret"]) {
      const conn = await Deno.connect({ hostname: "127.0.0.1", port });
      const viewer = new TestViewer(new TcpConnection(conn));
      const login = { securityType: 2, authenticate: vncAuth(password) };
      answers.push(await viewer.login(login).then(() => "in", (error: Error) => error.message));
      viewer.close();
    }
    assertEquals(answers.slice(5), [
      "wrong password",
      "too many failed attempts: try again in 10 s",
    ]);
  },
});
