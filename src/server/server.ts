import { type Logger, messageOf } from "../log.ts";
import type { Connection } from "../rfb/connection.ts";
import { AuthError, ConnectionClosed, ProtocolError } from "../rfb/errors.ts";
import type { Gate } from "../security/gate.ts";
import { type Rights, VIEW_ONLY } from "../security/rights.ts";
import type { Grant, SecurityType } from "../security/security_type.ts";
import { type Admission, handshake } from "../viewer/handshake.ts";
import type { SharedDesktop } from "../viewer/shared_desktop.ts";
import { Viewer } from "../viewer/viewer.ts";
import type { Entrance, Moved } from "../web/entrance.ts";
import type { Consent } from "./consent/consent.ts";
import { Reception } from "./consent/reception.ts";
import { GivenUp, Handshakes } from "./handshakes.ts";
import { listenAt } from "./listen.ts";
import { TcpConnection } from "./tcp_connection.ts";

/** What accepting fails with when that connection was reset before. */
const GONE_ALREADY = [
  Deno.errors.NotConnected,
  Deno.errors.ConnectionReset,
  Deno.errors.ConnectionAborted,
];

/** Whether viewers may look on together: the policy for ClientInit's shared-flag. */
export type Sharing = "always" | "never" | "client";

/**
 * Finds out what a peer speaks, and makes RFB of it; undefined when it didn't want to see the desktop: its
 * connection is done with then. It calls `moved` for everybody whom it lets in, if not before.
 */
export type Door = (connection: Connection, moved: Moved) => Promise<Entrance | undefined>;

/** Where everybody speaks RFB, and for himself. */
const straightIn: Door = (connection, moved) => {
  moved(connection);
  return Promise.resolve({ connection, inBrowser: false });
};

/** What a server is told. */
export interface ServerOptions {
  readonly desktop: SharedDesktop;
  /** The desktop's name for viewers; asked again when the desktop becomes another. */
  readonly name: () => string;
  /** On offer in this order; at least one. */
  readonly securityTypes: readonly SecurityType[];
  /** What is on offer in browsers instead, by whether the connection is private. */
  readonly typesInBrowsers?: (isPrivate: boolean) => readonly SecurityType[];
  /** Knows who is locked out and needn't be asked for a password. */
  readonly gate?: Pick<Gate, "refusal">;
  /** Asks whether a viewer that has proved who it is may come in; without it, it may. */
  readonly consent?: Consent;
  /** Milliseconds in which that must be answered. */
  readonly consentTime?: number;
  /** Nobody has control, whatever the password says. */
  readonly viewOnly: boolean;
  readonly sharing: Sharing;
  readonly maxViewers: number;
  readonly log: Logger;
  /** Whose connections aren't counted before it's known for whom they are: trusted proxies'. */
  readonly isProxy?: (address: string) => boolean;
  /** Milliseconds that only grow, by which connections are counted. */
  readonly now?: () => number;
}

/** Accepts connections and serves each as a viewer of one desktop. */
export class Server {
  readonly #options: ServerOptions;
  readonly #log: Logger;
  readonly #listeners: Deno.TcpListener[] = [];
  readonly #connections = new Map<Connection, Promise<void>>();
  readonly #handshakes: Handshakes;
  readonly #reception: Reception | undefined;
  readonly #viewers = new Set<Viewer>();

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#log = options.log;
    const { consent, consentTime, isProxy, now = () => performance.now() } = options;
    this.#handshakes = new Handshakes({ log: options.log, now, isProxy });
    this.#reception = consent && new Reception(consent, options.log, consentTime);
  }

  /**
   * Starts to accept connections.
   * @param address An IP address or host name; undefined for all interfaces, IPv4 and IPv6.
   * @param port 0 for any free one.
   * @returns Where it listens.
   * @throws What `Deno.listen` throws when the address or the port can't be had.
   */
  listen(address: string | undefined, port: number, door?: Door): Deno.NetAddr[] {
    const listeners = listenAt(address, port);
    for (const listener of listeners) this.#accept(listener, door);
    this.#listeners.push(...listeners);
    return listeners.map((listener) => listener.addr);
  }

  /** Stops listening, ends all connections, and waits until they are gone. */
  async close(): Promise<void> {
    for (const listener of this.#listeners.splice(0)) listener.close();
    for (const viewer of this.#viewers) viewer.close();
    this.#handshakes.close();
    for (const connection of this.#connections.keys()) connection.close();
    await Promise.all(this.#connections.values());
  }

  async #accept(listener: Deno.TcpListener, door?: Door): Promise<void> {
    for (;;) {
      try {
        this.serve(new TcpConnection(await listener.accept()), door);
      } catch (error) {
        // Closed by us.
        if (error instanceof Deno.errors.BadResource) return;
        if (error instanceof Deno.errors.Interrupted) return;
        const complaint = `can't accept a connection: ${messageOf(error)}`;
        if (GONE_ALREADY.some((type) => error instanceof type)) {
          this.#log.debug(complaint);
        } else {
          // Too many open files, say: accepting fails at once, and again, until that is over.
          this.#log.warn(complaint);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    }
  }

  /** Serves one connection until it ends. Never rejects. */
  async serve(connection: Connection, door = straightIn): Promise<void> {
    const served = this.#serve(connection, door);
    this.#connections.set(connection, served);
    await served;
    this.#connections.delete(connection);
  }

  async #serve(connection: Connection, door: Door): Promise<void> {
    this.#log.debug(`${connection.peer}: connected`);
    // A proxy may have told who is behind it, and something may encrypt: then there is another one over it.
    let latest = connection;
    let isInside = false;
    try {
      const admission = await this.#letIn(connection, async (bounded, moved) => {
        const entrance = await door(bounded, moved);
        latest = entrance?.connection ?? connection;
        isInside = entrance !== undefined;
        return entrance;
      });
      if (admission === undefined) return;
      latest = admission.connection;
      await this.#serveViewer(admission);
      this.#log.info(`${latest.peer}: gone`);
    } catch (error) {
      this.#logEnd(latest.peer, error, isInside);
    } finally {
      // What is over the connection holds memory of its own until it's closed, too.
      latest.close();
      connection.close();
    }
  }

  /** @param isInside Whether it came further than the door. */
  #logEnd(peer: string, error: unknown, isInside: boolean): void {
    if (error instanceof ConnectionClosed) {
      // Browsers come and go, as with each visit before somebody trusts the certificate.
      const level = isInside && !(error instanceof GivenUp) ? "info" : "debug";
      this.#log[level](`${peer}: gone (${error.message})`);
    } else if (error instanceof AuthError) this.#log.warn(`${peer}: refused: ${error.message}`);
    else if (error instanceof ProtocolError) this.#log.warn(`${peer}: closed: ${error.message}`);
    else this.#log.error(`${peer}: closed by a fault of vncd: ${describe(error)}`);
  }

  get #isFull(): boolean {
    return this.#viewers.size >= this.#options.maxViewers;
  }

  /** @returns Undefined when it was no viewer. */
  #letIn(connection: Connection, door: Door): Promise<Admission | undefined> {
    const { sharing, gate } = this.#options;
    const reception = this.#reception;
    return this.#handshakes.run(connection, async (bounded, { untimed, moved }) => {
      const entrance = await door(bounded, moved);
      if (entrance === undefined) return undefined;
      return await handshake(entrance.connection, {
        securityTypes: this.#typesFor(entrance),
        // Where the newest replaces the others there is always room.
        refusal: (from) =>
          this.#isFull && sharing !== "never" ? "too many viewers" : gate?.refusal(from),
        consent: reception && ((from, grant, left) => {
          const asked = { ...grant, rights: this.#rightsOf(grant) };
          return untimed(() => reception.admit(from, asked, left));
        }),
      });
    });
  }

  #typesFor({ connection, inBrowser }: Entrance): readonly SecurityType[] {
    const { securityTypes, typesInBrowsers } = this.#options;
    return inBrowser && typesInBrowsers ? typesInBrowsers(connection.isPrivate) : securityTypes;
  }

  #rightsOf(grant: Grant): Rights {
    return this.#options.viewOnly ? VIEW_ONLY : grant.rights;
  }

  async #serveViewer(admission: Admission): Promise<void> {
    const { desktop, name } = this.#options;
    const rights = this.#rightsOf(admission.grant);
    const viewer = new Viewer(admission, rights, desktop, name, this.#log);
    const refusal = this.#makeRoom(viewer, admission.shared);
    if (refusal !== undefined) {
      await sendAway(admission, refusal);
      throw new AuthError(refusal);
    }
    this.#viewers.add(viewer);
    const count = this.#viewers.size;
    const { user } = admission.grant;
    const who = user === undefined ? `viewer ${count}` : `viewer ${count}, ${user}`;
    this.#log.info(`${viewer.peer}: ${who}, ${rights.control ? "in control" : "view only"}`);
    try {
      await viewer.run();
    } finally {
      this.#viewers.delete(viewer);
    }
  }

  /**
   * Makes room for a viewer that wants to be alone, where the policy grants it. One that may only
   * look sends nobody away.
   * @returns Why there is none for it; undefined when there is.
   */
  #makeRoom(viewer: Viewer, shared: boolean): string | undefined {
    const { sharing } = this.#options;
    const alone = sharing === "never" || (sharing === "client" && !shared);
    if (alone && viewer.rights.control) {
      for (const other of this.#viewers) {
        this.#log.info(`${other.peer}: closed: ${viewer.peer} asked for exclusive access`);
        other.close("another viewer asked to be alone with the desktop");
        this.#viewers.delete(other);
      }
    } else if (sharing === "never" && this.#viewers.size > 0) {
      return "another viewer is connected";
    }
    // Others may have come in during the handshake.
    return this.#isFull ? "too many viewers" : undefined;
  }
}

/** Tells somebody behind the handshake why he has to go, if that can be told, and sees him off. */
async function sendAway({ connection, source }: Admission, reason: string): Promise<void> {
  connection.close(reason);
  try {
    while (!await source.ended()) await source.skip(source.buffered);
  } catch {
    // It was just closed.
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
