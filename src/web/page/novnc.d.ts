// The parts of noVNC's RFB (1.7) that the page uses. The package has no types of its own.

/** What proves who the user is. */
export interface Credentials {
  /** Empty where a password alone is enough. */
  readonly username: string;
  readonly password: string;
}

/** What each event carries. */
interface RfbEvents {
  connect: Record<never, never>;
  disconnect: { readonly clean: boolean };
  credentialsrequired: { readonly types: readonly string[] };
  securityfailure: { readonly status: number; readonly reason?: string };
  serververification: { readonly type: string };
  desktopname: { readonly name: string };
  clipboard: { readonly text: string };
  clippingviewport: boolean;
}

/** A WebSocket with a queue for what has come in; its numbers are big-endian. */
interface Websock {
  /** Whether fewer bytes than that have come in; if so, steps back by `goBack` bytes. */
  rQwait(what: string, bytes: number, goBack?: number): boolean;
  rQpeek8(): number;
  rQpeekBytes(length: number): Uint8Array<ArrayBuffer>;
  rQskipBytes(length: number): void;
}

/** Writes messages of the client. */
interface Messages {
  clientEncodings(sock: Websock, encodings: readonly number[]): void;
  /** @param payload A character a byte. */
  clientFence(sock: Websock, flags: number, payload: string): void;
}

export default class RFB {
  static readonly messages: Messages;

  constructor(
    target: HTMLElement,
    channel: WebSocket,
    options?: { readonly credentials?: Credentials },
  );

  background: string;
  clipViewport: boolean;
  dragViewport: boolean;
  focusOnClick: boolean;
  resizeSession: boolean;
  scaleViewport: boolean;
  viewOnly: boolean;

  approveServer(): void;
  clipboardPasteFrom(text: string): void;
  disconnect(): void;
  focus(options?: FocusOptions): void;
  sendCredentials(credentials: Credentials): void;
  /** @param down Undefined: pressed and released. */
  sendKey(keysym: number, code: string | null, down?: boolean): void;

  addEventListener<Type extends keyof RfbEvents>(
    type: Type,
    listener: (event: CustomEvent<RfbEvents[Type]>) => void,
  ): void;

  // What follows is no public interface of noVNC: only desktop_view.ts may use it.
  protected readonly _sock: Websock;
  protected readonly _canvas: HTMLCanvasElement;
  /** Around the canvas. */
  protected readonly _screen: HTMLElement;
  protected readonly _keyboard: { _allKeysUp(): void };
  protected readonly _rfbConnectionState: string;
  /** The rectangle being read. */
  protected readonly _FBU: {
    readonly width: number;
    readonly height: number;
    readonly encoding: number;
  };
  protected _supportsFence: boolean;
  /** In which step of the handshake the server has refused. */
  protected readonly _securityContext?: string;
  protected _fail(details: string): boolean;
  protected _sendEncodings(): void;
  /** These read a message, or a rectangle, and say whether it was there completely. */
  protected _framebufferUpdate(): boolean;
  protected _handleDataRect(): boolean;
  protected _handleServerCutText(): boolean;
  protected _handleServerFenceMsg(): boolean;
}
