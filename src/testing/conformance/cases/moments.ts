import type { Scene } from '../scene.ts';

/** Files of the usual size, each with its own name and content. */
export const manyFiles = (scene: Scene, count: number): string[] =>
  scene.add(Array.from({ length: count }, (_, index) => scene.file(`${index}.jpg`)));

/** A body of this file, or of any, has begun. */
export const bodyBegun = (scene: Scene): Promise<void> =>
  scene.until('a body has begun', async () => (await scene.requests('body')).length > 0);

/** How soon a cancelled connection has to be closed. */
export const promptly = 250;
