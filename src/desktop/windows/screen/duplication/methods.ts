/*
 * The methods of COM's interfaces that desktop duplication takes: their places in the tables of
 * functions and their parameters. A test asks the C compiler with Windows' headers for the places.
 */

const UINT = "u32";
const OBJECT = "pointer";
/** Where a pointer to an object is put. */
const OUT = "buffer";
const STRUCT = "buffer";

export const IDXGIDevice = {
  GetAdapter: { index: 7, parameters: [OUT], result: "i32" },
} as const;
export const IDXGIAdapter = {
  EnumOutputs: { index: 7, parameters: [UINT, OUT], result: "i32" },
} as const;
export const IDXGIOutput1 = {
  GetDesc: { index: 7, parameters: [STRUCT], result: "i32" },
  DuplicateOutput: { index: 22, parameters: [OBJECT, OUT], result: "i32" },
} as const;
export const IDXGIOutputDuplication = {
  GetDesc: { index: 7, parameters: [STRUCT], result: "void" },
  AcquireNextFrame: { index: 8, parameters: [UINT, STRUCT, OUT], result: "i32" },
  GetFrameDirtyRects: { index: 9, parameters: [UINT, STRUCT, STRUCT], result: "i32" },
  GetFrameMoveRects: { index: 10, parameters: [UINT, STRUCT, STRUCT], result: "i32" },
  ReleaseFrame: { index: 14, parameters: [], result: "i32" },
} as const;
export const ID3D11Device = {
  CreateTexture2D: { index: 5, parameters: [STRUCT, "pointer", OUT], result: "i32" },
} as const;
export const ID3D11Texture2D = {
  GetDesc: { index: 10, parameters: [STRUCT], result: "void" },
} as const;
export const ID3D11DeviceContext = {
  Map: { index: 14, parameters: [OBJECT, UINT, UINT, UINT, STRUCT], result: "i32" },
  Unmap: { index: 15, parameters: [OBJECT, UINT], result: "void" },
  CopySubresourceRegion: {
    index: 46,
    parameters: [OBJECT, UINT, UINT, UINT, UINT, OBJECT, UINT, STRUCT],
    result: "void",
  },
} as const;
