/**
 * The WebAssembly module's bytes. A module of its own because of `deno bundle`: imported dynamically as
 * they are, they would become an object with a getter for each byte, which takes 200 MB.
 */
export { default } from "@cornerstonejs/codec-libjpeg-turbo-8bit/wasm" with { type: "bytes" };
