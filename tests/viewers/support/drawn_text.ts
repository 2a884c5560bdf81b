import { compile, type Compiled } from "./compile.ts";

/**
 * Compiles what makes a program that draws through libXft, such as TigerVNC's viewer, tell every
 * text that it draws: the lines `Drawn: TEXT` in its output. Its path goes into `LD_PRELOAD`.
 */
export function compileDrawnText(): Promise<Compiled> {
  return compile(new URL("./drawn_text.c", import.meta.url), "-shared", "-fPIC", "-ldl");
}
