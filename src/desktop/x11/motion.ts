import type { Connection } from "./connection.ts";
import { cString, LITTLE_ENDIAN, outInt, XGenericEventCookie, XIEventMask } from "./structs.ts";

const GENERIC_EVENT = 35;
const XI_RAW_MOTION = 17;
const XI_ALL_MASTER_DEVICES = 1;
/** From this version on, a program that grabs a device keeps nobody from its raw events. */
const VERSION = [2, 1] as const;

/**
 * Tells that a mouse is moved (XInput2): not where to, and not that a program put the pointer
 * elsewhere, which makes no such event.
 */
export class Motion {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * `undefined` where the server or a library can't do it.
   * @param moved Called for each motion, of which a fast mouse makes a thousand a second.
   */
  static create(connection: Connection, moved: () => void): Motion | undefined {
    const { display, libraries: { x11, xi } } = connection;
    const opcode = outInt();
    if (xi === undefined) return undefined;
    const name = cString("XInputExtension");
    if (x11.XQueryExtension(display, name, opcode, outInt(), outInt()) === 0) return undefined;
    const [major, minor] = VERSION.map((number) => Uint32Array.of(number));
    const isKnown = xi.XIQueryVersion(display, major!, minor!) === 0;
    if (!isKnown || major![0]! === VERSION[0] && minor![0]! < VERSION[1]) return undefined;
    connection.on(GENERIC_EVENT, (event) => {
      const extension = event.getInt32(XGenericEventCookie.extension, LITTLE_ENDIAN);
      const type = event.getInt32(XGenericEventCookie.evtype, LITTLE_ENDIAN);
      if (extension === opcode[0]! && type === XI_RAW_MOTION) moved();
    });
    return new Motion(connection);
  }

  /** Has the server tell, or tell no more. */
  select(wanted: boolean): void {
    const { display, root, libraries: { xi } } = this.#connection;
    const bits = Uint32Array.of(wanted ? 1 << XI_RAW_MOTION : 0);
    const mask = new DataView(new ArrayBuffer(XIEventMask.size));
    mask.setInt32(XIEventMask.deviceid, XI_ALL_MASTER_DEVICES, LITTLE_ENDIAN);
    mask.setInt32(XIEventMask.mask_len, bits.byteLength, LITTLE_ENDIAN);
    const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bits));
    mask.setBigUint64(XIEventMask.mask, address, LITTLE_ENDIAN);
    xi!.XISelectEvents(display, root, mask, 1);
  }
}
