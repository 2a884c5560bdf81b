import type { DamageHint } from "../../../../frame/damage.ts";
import type { Framebuffer } from "../../../../frame/framebuffer.ts";
import { contains, type Rect } from "../../../../frame/rect.ts";
import { Region } from "../../../../frame/region.ts";
import { PlatformError } from "../../../errors.ts";
import type { Capture } from "../capture.ts";
import { DXGI_OUTPUT_DESC, LITTLE_ENDIAN } from "../../structs.ts";
import { type ComObject, objectAt } from "./com.ts";
import { DuplicatedOutput, type Graphics } from "./duplicated_output.ts";
import { rectAt } from "./frame.ts";
import { IID_IDXGIDevice, IID_IDXGIOutput1 } from "./interface_ids.ts";
import { IDXGIAdapter, IDXGIDevice, IDXGIOutput1 } from "./methods.ts";

/** Has Windows tell what changes on the monitors: desktop duplication. */
export class DuplicationCapture implements Capture {
  readonly name = "desktop duplication";
  readonly screen: Framebuffer;
  readonly #graphics: Graphics;
  readonly #outputs: readonly DuplicatedOutput[];

  /**
   * @param graphics This object's from now on; given back when this throws.
   * @param area The virtual screen.
   * @param count How many monitors there are.
   * @param screen Of the virtual screen's size.
   * @throws {PlatformError} When Windows doesn't give all of them: one may be another adapter's.
   */
  constructor(graphics: Graphics, area: Rect, count: number, screen: Framebuffer) {
    using made = new DisposableStack();
    made.use(graphics.device);
    made.use(graphics.context);
    const outputs = duplicate(graphics, area, made);
    if (outputs.length !== count) {
      throw new PlatformError(`${outputs.length} of ${count} monitors can be duplicated`);
    }
    this.screen = screen;
    this.#graphics = graphics;
    this.#outputs = outputs;
    made.move();
  }

  look(): boolean {
    if (this.#outputs.some(({ isChanged }) => isChanged)) return false;
    for (const output of this.#outputs) output.look();
    return this.#outputs.some(({ isChanged }) => isChanged);
  }

  grab(isAll: boolean): DamageHint {
    const shown = this.#outputs.map((output) => {
      output.look();
      return output.show(this.screen);
    });
    if (isAll) return { region: Region.of(this.screen.bounds), moves: [] };
    return {
      region: Region.union(shown.map(({ region }) => region)),
      moves: shown.flatMap(({ moves }) => moves),
    };
  }

  hurry(): void {}

  close(): void {
    for (const output of this.#outputs) output[Symbol.dispose]();
    this.#graphics.context[Symbol.dispose]();
    this.#graphics.device[Symbol.dispose]();
  }
}

/** The device's monitors that are on the virtual screen. */
function duplicate(graphics: Graphics, area: Rect, made: DisposableStack): DuplicatedOutput[] {
  const { device } = graphics;
  using dxgi = device.as("DXGI's device", IID_IDXGIDevice);
  using adapter = dxgi.get("the adapter", IDXGIDevice.GetAdapter);
  const outputs: DuplicatedOutput[] = [];
  for (let i = 0;; i++) {
    const out = new BigUint64Array(1);
    if (adapter.call(IDXGIAdapter.EnumOutputs, i, out) < 0) return outputs;
    using output = outputAt(out);
    const view = new DataView(new ArrayBuffer(DXGI_OUTPUT_DESC.size));
    output.do("a monitor", IDXGIOutput1.GetDesc, view);
    if (view.getInt32(DXGI_OUTPUT_DESC.AttachedToDesktop, LITTLE_ENDIAN) === 0) continue;
    const rect = rectAt(view, DXGI_OUTPUT_DESC.DesktopCoordinates);
    const place = { ...rect, x: rect.x - area.x, y: rect.y - area.y };
    if (!contains({ x: 0, y: 0, width: area.width, height: area.height }, place)) {
      throw new PlatformError("a monitor is elsewhere now");
    }
    outputs.push(made.use(DuplicatedOutput.open(graphics, output, place)));
  }
}

function outputAt(out: BigUint64Array): ComObject {
  using output = objectAt("a monitor", out);
  return output.as("a monitor's duplication", IID_IDXGIOutput1);
}
