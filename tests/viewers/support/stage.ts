import { startXvfb, type Xvfb } from "../../support/xvfb.ts";
import { Scene } from "./scene.ts";
import { tempDir } from "./temp_dir.ts";

/** An X display of 800x600 with a {@linkcode Scene} on it, for vncd to share. */
export interface Stage extends AsyncDisposable {
  readonly desk: Xvfb;
  readonly scene: Scene;
}

/** Builds a stage. */
export async function buildStage(): Promise<Stage> {
  await using resources = new AsyncDisposableStack();
  const directory = resources.use(await tempDir());
  const desk = resources.use(await startXvfb({ width: 800, height: 600 }));
  const scene = await Scene.set(desk, directory.path);
  const kept = resources.move();
  return { desk, scene, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
