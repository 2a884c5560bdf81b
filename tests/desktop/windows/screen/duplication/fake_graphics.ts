import {
  ID3D11Device,
  ID3D11DeviceContext,
  ID3D11Texture2D,
  IDXGIAdapter,
  IDXGIDevice,
  IDXGIOutput1,
  IDXGIOutputDuplication,
} from "../../../../../src/desktop/windows/screen/duplication/methods.ts";
import type { Rect } from "../../../../../src/frame/rect.ts";
import { address, FakeCom, viewOf } from "./fake_com.ts";

const WAIT_TIMEOUT = 0x887a0027 | 0;
const NOT_FOUND = 0x887a0002 | 0;

/** A frame that a fake monitor gives; rectangles in the texture's pixels. */
export interface FakeFrame {
  readonly dirty?: readonly Rect[];
  readonly moved?: readonly { readonly x: number; readonly y: number; readonly to: Rect }[];
  /** Nothing but the pointer has moved. */
  readonly isPointerOnly?: boolean;
}

/** A monitor of a fake adapter, with its texture and the frames that it will give. */
export class FakeMonitor implements Disposable {
  readonly place: Rect;
  readonly rotation: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  /** What its texture says it has: that isn't turned, unlike what the duplication tells of. */
  size: readonly [width: number, height: number];
  /** The first one tells of no rectangles. */
  readonly frames: FakeFrame[] = [{}];
  /** What the next call for a frame fails with. */
  failure = 0;
  readonly output = new FakeCom();
  readonly duplication = new FakeCom();
  readonly texture = new FakeCom();
  isHeld = false;

  /** @param place On the virtual screen, as it's seen. */
  constructor(place: Rect, rotation = 1) {
    this.place = place;
    this.rotation = rotation;
    const isUpright = rotation % 2 === 1;
    this.width = isUpright ? place.width : place.height;
    this.height = isUpright ? place.height : place.width;
    this.pixels = new Uint32Array(this.width * this.height);
    this.size = [this.width, this.height];
    this.output.on(IDXGIOutput1.GetDesc, (out) => this.#describe(viewOf(out, 96)));
    this.output.on(IDXGIOutput1.DuplicateOutput, (_device, out) => {
      this.duplication.giveTo(out);
      return 0;
    });
    this.#playDuplication();
  }

  [Symbol.dispose](): void {
    for (const each of [this.output, this.duplication, this.texture]) each[Symbol.dispose]();
  }

  #describe(view: DataView): number {
    const { x, y, width, height } = this.place;
    for (const [i, edge] of [x, y, x + width, y + height].entries()) {
      view.setInt32(64 + 4 * i, edge, true);
    }
    view.setInt32(80, 1, true);
    view.setInt32(84, this.rotation, true);
    return 0;
  }

  #playDuplication(): void {
    let frame: FakeFrame = {};
    this.duplication.on(IDXGIOutputDuplication.GetDesc, (out) => {
      const view = viewOf(out, 36);
      // The mode is the turned one.
      view.setUint32(0, this.place.width, true);
      view.setUint32(4, this.place.height, true);
      view.setUint32(28, this.rotation, true);
    });
    this.texture.on(ID3D11Texture2D.GetDesc, (out) => {
      const view = viewOf(out, 44);
      view.setUint32(0, this.size[0], true);
      view.setUint32(4, this.size[1], true);
    });
    this.duplication.on(IDXGIOutputDuplication.AcquireNextFrame, (_timeout, info, out) => {
      if (this.isHeld) throw new Error("the last frame wasn't released");
      if (this.failure !== 0) return this.failure;
      const next = this.frames.shift();
      if (next === undefined) return WAIT_TIMEOUT;
      frame = next;
      this.isHeld = true;
      const view = viewOf(info, 48);
      view.setBigInt64(0, frame.isPointerOnly ? 0n : 1n, true);
      const { dirty = [], moved = [] } = frame;
      view.setUint32(40, dirty.length * 16 + moved.length * 24, true);
      this.texture.giveTo(out);
      return 0;
    });
    this.duplication.on(IDXGIOutputDuplication.GetFrameDirtyRects, (_size, out, used) => {
      const { dirty = [] } = frame;
      for (const [i, rect] of dirty.entries()) {
        putRect(viewOf(out, 16 * dirty.length), 16 * i, rect);
      }
      viewOf(used, 4).setUint32(0, 16 * dirty.length, true);
      return 0;
    });
    this.duplication.on(IDXGIOutputDuplication.GetFrameMoveRects, (_size, out, used) => {
      const { moved = [] } = frame;
      for (const [i, { x, y, to }] of moved.entries()) {
        const view = viewOf(out, 24 * moved.length);
        view.setInt32(24 * i, x, true);
        view.setInt32(24 * i + 4, y, true);
        putRect(view, 24 * i + 8, to);
      }
      viewOf(used, 4).setUint32(0, 24 * moved.length, true);
      return 0;
    });
    this.duplication.on(IDXGIOutputDuplication.ReleaseFrame, () => {
      this.isHeld = false;
      return 0;
    });
  }
}

/** A device with monitors. Its staging textures have longer rows than they need, as real ones do. */
export class FakeGraphics implements Disposable {
  readonly device = new FakeCom();
  readonly context = new FakeCom();
  readonly adapter = new FakeCom();
  readonly monitors: readonly FakeMonitor[];
  readonly #staging = new Map<bigint, { com: FakeCom; pixels: Uint32Array; stride: number }>();

  constructor(monitors: readonly FakeMonitor[]) {
    this.monitors = monitors;
    this.device.on(ID3D11Device.CreateTexture2D, (wish, _data, out) => {
      const view = viewOf(wish, 44);
      const stride = view.getUint32(0, true) + 3;
      const com = new FakeCom();
      const pixels = new Uint32Array(stride * view.getUint32(4, true));
      this.#staging.set(address(com.pointer), { com, pixels, stride });
      com.giveTo(out);
      return 0;
    });
    this.#playContext();
    this.adapter.on(IDXGIAdapter.EnumOutputs, (i, out) => {
      const monitor = monitors[i];
      monitor?.output.giveTo(out);
      return monitor === undefined ? NOT_FOUND : 0;
    });
    this.device.on(IDXGIDevice.GetAdapter, (out) => {
      this.adapter.giveTo(out);
      return 0;
    });
  }

  /** All objects that somebody could forget to give back, but for what the test itself holds. */
  get references(): number[] {
    const staging = [...this.#staging.values()].map(({ com }) => com);
    const others = this.monitors.flatMap((each) => [each.output, each.duplication, each.texture]);
    return [...staging, ...others, this.adapter].map(({ references }) => references - 1);
  }

  [Symbol.dispose](): void {
    const staging = [...this.#staging.values()].map(({ com }) => com);
    for (const each of [this.device, this.context, this.adapter, ...staging, ...this.monitors]) {
      each[Symbol.dispose]();
    }
  }

  #playContext(): void {
    const { Map, Unmap, CopySubresourceRegion } = ID3D11DeviceContext;
    this.context.on(Map, (texture, _index, _type, _flags, out) => {
      const { pixels, stride } = this.#staging.get(address(texture))!;
      const view = viewOf(out, 16);
      view.setBigUint64(
        0,
        address(Deno.UnsafePointer.of(pixels as Uint32Array<ArrayBuffer>)),
        true,
      );
      view.setUint32(8, 4 * stride, true);
      return 0;
    });
    this.context.on(Unmap, () => {});
    this.context.on(CopySubresourceRegion, (...args) => {
      const [to, , left, top, , from, , box] = args as unknown as [
        ...[Deno.PointerValue, number, number, number, number],
        ...[Deno.PointerValue, number, Deno.PointerValue],
      ];
      const { pixels, stride } = this.#staging.get(address(to))!;
      const source = this.monitors.find(({ texture }) =>
        address(texture.pointer) === address(from)
      )!;
      const edges = new Uint32Array(viewOf(box, 24).buffer.slice(0));
      const [x, y, right, bottom] = [edges[0]!, edges[1]!, edges[3]!, edges[4]!];
      for (let row = y; row < bottom; row++) {
        const start = row * source.width;
        const part = source.pixels.subarray(start + x, start + right);
        pixels.set(part, (top + row - y) * stride + left);
      }
    });
  }
}

function putRect(view: DataView, at: number, { x, y, width, height }: Rect): void {
  for (const [i, edge] of [x, y, x + width, y + height].entries()) {
    view.setInt32(at + 4 * i, edge, true);
  }
}
