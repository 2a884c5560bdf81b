import type { Logger } from "../log.ts";
import { linuxRoundTrip } from "../net/round_trip.ts";
import type { TlsIdentity } from "../security/keys/tls_identity.ts";
import type { Door } from "../server/server.ts";
import { builtPage } from "../web/built_page.ts";
import { FrontDoor, type WebService } from "../web/front_door.ts";
import { Hosts } from "../web/hosts.ts";
import { trustedProxies } from "../web/trusted_proxies.ts";
import { WebServer } from "../web/web_server.ts";
import type { Options } from "./options.ts";

/** How those come in who connect. */
export interface Doors {
  /** To the port of viewers: to browsers' as well, unless that is another. */
  readonly viewers: Door;
  /** To the port of browsers; undefined unless that is another. */
  readonly browsers: Door | undefined;
  /** Whether an address is a proxy's whose word counts. */
  isProxy(address: string): boolean;
}

type DoorOptions = Pick<Options, "webPort" | "webNames" | "trustProxy">;

/** @param tls What browsers see by https; undefined where there is no page. */
export function makeDoors(
  options: DoorOptions,
  tls: TlsIdentity | undefined,
  log: Logger,
): Doors {
  const { webPort, trustProxy } = options;
  const isTrusted = trustedProxies(trustProxy ?? []);
  const roundTripOf = linuxRoundTrip();
  const door = (web?: WebService, webOnly = false): Door => {
    const front = new FrontDoor({ web, webOnly, isTrusted, roundTripOf });
    return (connection, moved) => front.enter(connection, moved);
  };
  const web = tls && webService(options, tls, isTrusted, log);
  return {
    viewers: door(webPort === undefined ? web : undefined),
    browsers: webPort === undefined || web === undefined ? undefined : door(web, true),
    isProxy: isTrusted,
  };
}

function webService(
  { webNames }: DoorOptions,
  tls: TlsIdentity,
  isTrusted: (address: string) => boolean,
  log: Logger,
): WebService {
  const hosts = new Hosts(Deno.hostname(), webNames ?? [], tls.names);
  const server = new WebServer({ hosts, page: builtPage, isTrusted, log });
  return {
    serve: (connection, isTls, moved) => server.serve(connection, isTls, moved),
    secureContext: () => tls.secureContext("TLSv1.3"),
  };
}
