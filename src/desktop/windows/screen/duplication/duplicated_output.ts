import type { Framebuffer } from "../../../../frame/framebuffer.ts";
import type { Move } from "../../../../frame/move.ts";
import { intersect, isEmpty, type Rect } from "../../../../frame/rect.ts";
import { Region } from "../../../../frame/region.ts";
import {
  D3D11_BOX,
  D3D11_MAPPED_SUBRESOURCE,
  D3D11_TEXTURE2D_DESC,
  DXGI_OUTDUPL_DESC,
  LITTLE_ENDIAN,
} from "../../structs.ts";
import { PlatformError } from "../../../errors.ts";
import type { ComObject } from "./com.ts";
import { type Changes, type Size, takeFirstFrame, takeFrame } from "./frame.ts";
import {
  ID3D11Device,
  ID3D11DeviceContext,
  ID3D11Texture2D,
  IDXGIOutput1,
  IDXGIOutputDuplication,
} from "./methods.ts";
import { copyTurned, turned, unturned } from "./rotation.ts";

/**
 * The only one that DuplicateOutput gives: words `0xAARRGGBB`. Windows converts an HDR picture to it, as it would
 * for DuplicateOutput1 where that is told of this format alone.
 */
const DXGI_FORMAT_B8G8R8A8_UNORM = 87;
const D3D11_USAGE_STAGING = 3;
const D3D11_CPU_ACCESS_READ = 0x20000;
const D3D11_MAP_READ = 1;

/** Direct3D's device and its context. */
export interface Graphics {
  readonly device: ComObject;
  readonly context: ComObject;
}

/** One monitor, of which Windows gives each frame. */
export class DuplicatedOutput implements Disposable {
  readonly #context: ComObject;
  readonly #duplication: ComObject;
  /** Where frames are copied to, as a program can't read those themselves. */
  readonly #staging: ComObject;
  /** Of the texture: not turned yet. */
  readonly #size: Size;
  readonly #rotation: number;
  /** Where it is on the screen. */
  readonly #place: Rect;
  /** What is in the staging texture and not on the screen yet, in the texture's pixels. */
  #fresh = Region.empty;
  #moves: Move[] = [];

  private constructor(
    { context }: Graphics,
    { duplication, staging, size, rotation }: Duplicated,
    place: Rect,
  ) {
    this.#context = context;
    this.#duplication = duplication;
    this.#staging = staging;
    this.#size = size;
    this.#rotation = rotation;
    this.#place = place;
  }

  /**
   * Has Windows give a monitor's frames.
   * @param output An IDXGIOutput1.
   * @param place Where it is on the screen.
   * @throws {PlatformError} When it doesn't: too many programs have them already, a remote session.
   */
  static open(graphics: Graphics, output: ComObject, place: Rect): DuplicatedOutput {
    const { device } = graphics;
    using made = new DisposableStack();
    const duplication = made.use(
      output.get("a duplication", IDXGIOutput1.DuplicateOutput, device.pointer),
    );
    const rotation = rotationOf(duplication);
    const size = unturned(place, rotation);
    const wish = stagingTexture(size.width, size.height);
    const staging = made.use(device.get("a texture", ID3D11Device.CreateTexture2D, wish, null));
    const opened = new DuplicatedOutput(graphics, { duplication, staging, size, rotation }, place);
    takeFirstFrame(duplication, size, (texture, changes) => {
      const actual = sizeOf(texture);
      if (actual.width !== size.width || actual.height !== size.height) {
        throw new PlatformError("a monitor has another size now");
      }
      opened.#copy(texture, changes);
    });
    made.move();
    return opened;
  }

  /** Whether something has changed that isn't on the screen yet. */
  get isChanged(): boolean {
    return !this.#fresh.isEmpty;
  }

  /**
   * Takes the newest frame, if there is a new one.
   * @throws {PlatformError} When the duplication is lost.
   */
  look(): void {
    takeFrame(this.#duplication, this.#size, (texture, changes) => this.#copy(texture, changes));
  }

  /**
   * Brings the screen up to date.
   * @returns What has changed since the last time, on the screen.
   * @throws {PlatformError} When the device is lost.
   */
  show(screen: Framebuffer): { readonly region: Region; readonly moves: readonly Move[] } {
    const [fresh, moves] = [this.#fresh, this.#moves];
    if (fresh.isEmpty) return { region: Region.empty, moves: [] };
    const mapped = new DataView(new ArrayBuffer(D3D11_MAPPED_SUBRESOURCE.size));
    const { Map, Unmap } = ID3D11DeviceContext;
    const { pointer } = this.#staging;
    this.#context.do("the pixels", Map, pointer, 0, D3D11_MAP_READ, 0, mapped);
    try {
      const texels = texelsOf(mapped, this.#size);
      for (const rect of fresh.rects) {
        copyTurned(texels, rect, this.#rotation, screen, this.#onScreen(rect));
      }
    } finally {
      this.#context.call(Unmap, pointer, 0);
    }
    this.#fresh = Region.empty;
    this.#moves = [];
    return { region: Region.of(...fresh.rects.map((rect) => this.#onScreen(rect))), moves };
  }

  [Symbol.dispose](): void {
    this.#staging[Symbol.dispose]();
    this.#duplication[Symbol.dispose]();
  }

  #copy(texture: ComObject, { moved, dirty }: Changes): void {
    const bounds = { x: 0, y: 0, ...this.#size };
    const rects = [...dirty, ...moved.map(({ to }) => to)]
      .map((rect) => intersect(rect, bounds)).filter((rect) => !isEmpty(rect));
    for (const { x, y, width, height } of rects) {
      this.#context.call(
        ID3D11DeviceContext.CopySubresourceRegion,
        ...[this.#staging.pointer, 0, x, y, 0, texture.pointer, 0] as const,
        box({ x, y, width, height }),
      );
    }
    this.#fresh = this.#fresh.union(Region.of(...rects));
    for (const { from, to } of moved) {
      const [source, target] = [this.#onScreen(from), this.#onScreen(to)];
      this.#moves.push({ to: target, dx: target.x - source.x, dy: target.y - source.y });
    }
  }

  #onScreen(rect: Rect): Rect {
    const { x, y, ...size } = turned(rect, this.#rotation, this.#size);
    return { x: x + this.#place.x, y: y + this.#place.y, ...size };
  }
}

/** What a monitor's frames take. */
interface Duplicated {
  readonly duplication: ComObject;
  readonly staging: ComObject;
  readonly size: Size;
  readonly rotation: number;
}

function rotationOf(duplication: ComObject): number {
  const view = new DataView(new ArrayBuffer(DXGI_OUTDUPL_DESC.size));
  duplication.call(IDXGIOutputDuplication.GetDesc, view);
  return view.getUint32(DXGI_OUTDUPL_DESC.Rotation, LITTLE_ENDIAN);
}

function sizeOf(texture: ComObject): Size {
  const view = new DataView(new ArrayBuffer(D3D11_TEXTURE2D_DESC.size));
  texture.call(ID3D11Texture2D.GetDesc, view);
  return {
    width: view.getUint32(D3D11_TEXTURE2D_DESC.Width, LITTLE_ENDIAN),
    height: view.getUint32(D3D11_TEXTURE2D_DESC.Height, LITTLE_ENDIAN),
  };
}

function stagingTexture(width: number, height: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(D3D11_TEXTURE2D_DESC.size));
  const set = (field: number, value: number) => view.setUint32(field, value, LITTLE_ENDIAN);
  set(D3D11_TEXTURE2D_DESC.Width, width);
  set(D3D11_TEXTURE2D_DESC.Height, height);
  set(D3D11_TEXTURE2D_DESC.MipLevels, 1);
  set(D3D11_TEXTURE2D_DESC.ArraySize, 1);
  set(D3D11_TEXTURE2D_DESC.Format, DXGI_FORMAT_B8G8R8A8_UNORM);
  // One sample a pixel.
  set(D3D11_TEXTURE2D_DESC.SampleDesc, 1);
  set(D3D11_TEXTURE2D_DESC.Usage, D3D11_USAGE_STAGING);
  set(D3D11_TEXTURE2D_DESC.CPUAccessFlags, D3D11_CPU_ACCESS_READ);
  return view;
}

function box({ x, y, width, height }: Rect): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(D3D11_BOX.size));
  const set = (field: number, value: number) => view.setUint32(field, value, LITTLE_ENDIAN);
  set(D3D11_BOX.left, x);
  set(D3D11_BOX.top, y);
  set(D3D11_BOX.right, x + width);
  set(D3D11_BOX.bottom, y + height);
  set(D3D11_BOX.back, 1);
  return view;
}

/** @throws {PlatformError} When the driver says what can't be. */
function texelsOf(
  mapped: DataView,
  { width, height }: { readonly width: number; readonly height: number },
): { pixels: Uint32Array; stride: number } {
  const pitch = mapped.getUint32(D3D11_MAPPED_SUBRESOURCE.RowPitch, LITTLE_ENDIAN);
  const address = mapped.getBigUint64(D3D11_MAPPED_SUBRESOURCE.pData, LITTLE_ENDIAN);
  const memory = Deno.UnsafePointer.create(address);
  if (memory === null || pitch < 4 * width || pitch % 4 !== 0) {
    throw new PlatformError(`rows of ${width} pixels can't have ${pitch} bytes`);
  }
  const bytes = Deno.UnsafePointerView.getArrayBuffer(memory, pitch * height);
  return { pixels: new Uint32Array(bytes), stride: pitch / 4 };
}
