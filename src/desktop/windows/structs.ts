/*
 * Where the fields of Windows' structures lie, in bytes, on 64-bit systems; a test asks the C
 * compiler with Windows' headers. `size` is the whole structure.
 */

export const BITMAPINFOHEADER = {
  size: 40,
  biSize: 0,
  biWidth: 4,
  biHeight: 8,
  biPlanes: 12,
  biBitCount: 14,
  biCompression: 16,
  biSizeImage: 20,
  biClrUsed: 32,
} as const;
export const BITMAPV5HEADER = {
  size: 124,
  bV5CSType: 56,
  bV5ProfileData: 112,
  bV5ProfileSize: 116,
} as const;
export const BITMAP = { size: 32, bmWidth: 4, bmHeight: 8, bmBitsPixel: 18 } as const;
export const CURSORINFO = { size: 24, cbSize: 0, flags: 4, hCursor: 8, ptScreenPos: 16 } as const;
export const ICONINFO = {
  size: 32,
  fIcon: 0,
  xHotspot: 4,
  yHotspot: 8,
  hbmMask: 16,
  hbmColor: 24,
} as const;
export const RECT = { size: 16, left: 0, top: 4, right: 8, bottom: 12 } as const;
export const INPUT = { size: 40, type: 0, mi: 8, ki: 8 } as const;
export const MOUSEINPUT = { dx: 0, dy: 4, mouseData: 8, dwFlags: 12 } as const;
export const KEYBDINPUT = { wVk: 0, wScan: 2, dwFlags: 4 } as const;
export const MSG = { size: 48, hwnd: 0, message: 8, wParam: 16, lParam: 24 } as const;
export const WNDCLASSEXW = {
  size: 80,
  cbSize: 0,
  lpfnWndProc: 8,
  hInstance: 24,
  lpszClassName: 64,
} as const;
export const DISPLAY_DEVICEW = { size: 840, cb: 0, DeviceName: 4, StateFlags: 324 } as const;
export const DEVMODEW = {
  size: 220,
  dmSize: 68,
  dmFields: 72,
  dmPosition: 76,
  dmPelsWidth: 172,
  dmPelsHeight: 176,
} as const;
export const TOKEN_MANDATORY_LABEL = { size: 16, Label: 0 } as const;
export const SID = { size: 12, SubAuthorityCount: 1, SubAuthority: 8 } as const;

export const DXGI_OUTPUT_DESC = {
  size: 96,
  DesktopCoordinates: 64,
  AttachedToDesktop: 80,
  Rotation: 84,
} as const;
export const DXGI_OUTDUPL_DESC = { size: 36, Rotation: 28 } as const;
export const DXGI_OUTDUPL_FRAME_INFO = {
  size: 48,
  LastPresentTime: 0,
  TotalMetadataBufferSize: 40,
} as const;
export const DXGI_OUTDUPL_MOVE_RECT = { size: 24, SourcePoint: 0, DestinationRect: 8 } as const;
export const D3D11_TEXTURE2D_DESC = {
  size: 44,
  Width: 0,
  Height: 4,
  MipLevels: 8,
  ArraySize: 12,
  Format: 16,
  SampleDesc: 20,
  Usage: 28,
  CPUAccessFlags: 36,
} as const;
export const D3D11_MAPPED_SUBRESOURCE = { size: 16, pData: 0, RowPitch: 8 } as const;
export const D3D11_BOX = {
  size: 24,
  left: 0,
  top: 4,
  front: 8,
  right: 12,
  bottom: 16,
  back: 20,
} as const;

/** The byte order, for `DataView`: Windows' is little-endian. */
export const LITTLE_ENDIAN = true;
