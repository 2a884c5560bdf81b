/* The numbers that COM's interfaces are asked for by, as they lie in memory; a test has Windows' headers say. */

export const IID_IDXGIDevice = id("fa7aec54 7713 e644 8c32 88fd5f44c84c");
export const IID_IDXGIOutput1 = id("a8edcc00 9b93 834b a340 a685226666cc");
export const IID_ID3D11Texture2D = id("f2aa156f 08d2 894e 9ab4 489535d34f9c");

function id(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g)!, (byte) => parseInt(byte, 16));
}
