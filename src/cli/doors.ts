import type { Logger } from "../log.ts";
import { linuxRoundTrip } from "../net/round_trip.ts";
import type { TlsIdentity } from "../security/keys/tls_identity.ts";
import type { Door } from "../server/server.ts";
import { FrontDoor, type FrontDoorOptions } from "../web/front_door.ts";
import { Hosts } from "../web/hosts.ts";
import { trustedProxies } from "../web/trusted_proxies.ts";
import { WebServer } from "../web/web_server.ts";
import type { Options } from "./options.ts";

/** How those come in who connect. */
export interface Doors {
  /** To the port of viewers: to browsers' as well, unless that is another. */
  readonly viewers: Door;
  /** To the port of browsers, where that is another. */
  readonly browsers: Door;
  /** Whether an address is a proxy's whose word counts. */
  isProxy(address: string): boolean;
}

type DoorOptions = Pick<Options, "noWeb" | "webPort" | "webNames" | "trustProxy">;

/** @param tls There is one unless there is no page. */
export function makeDoors(
  { noWeb, webPort, webNames, trustProxy }: DoorOptions,
  tls: TlsIdentity | undefined,
  log: Logger,
): Doors {
  const isTrusted = trustedProxies(trustProxy ?? []);
  const common = {
    isTrusted,
    roundTripOf: linuxRoundTrip(),
    secureContext: () => tls!.secureContext("TLSv1.3"),
  };
  const web = noWeb ? undefined : new WebServer({
    hosts: new Hosts(Deno.hostname(), webNames ?? [], tls?.names ?? []),
    isTrusted,
    log,
  });
  const door = (options: Partial<FrontDoorOptions>): Door => {
    const front = new FrontDoor({ ...common, ...options });
    return (connection, moved) => front.enter(connection, moved);
  };
  return {
    viewers: door(webPort === undefined ? { web } : {}),
    browsers: door({ web, webOnly: true }),
    isProxy: isTrusted,
  };
}
