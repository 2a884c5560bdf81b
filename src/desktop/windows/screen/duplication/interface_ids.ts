/* The numbers that COM's interfaces are asked for by; a test asks Windows' headers. */

export const IID_IDXGIDevice = guid("54ec77fa-1377-44e6-8c32-88fd5f44c84c");
export const IID_IDXGIOutput1 = guid("00cddea8-939b-4b83-a340-a685226666cc");
export const IID_ID3D11Texture2D = guid("6f15aaf2-d208-4e89-9ab4-489535d34f9c");

/** As it lies in memory: the first three parts are numbers, so their lowest byte comes first. */
function guid(text: string): Uint8Array<ArrayBuffer> {
  const bytes = text.split("-").flatMap((part, i) => {
    const own = part.match(/../g)!.map((byte) => parseInt(byte, 16));
    return i < 3 ? own.reverse() : own;
  });
  return Uint8Array.from(bytes);
}
