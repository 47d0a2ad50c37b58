import type { Scene } from '../scene.ts';

/** One file, done: one object, one call of the host. Hands back its id. */
export async function arrivesOnce(scene: Scene): Promise<string> {
  const id = scene.addOne();
  await scene.ended([id]);
  scene.expectStatus(id, 'done');
  const objects = await scene.objects();
  scene.must(objects.length === 1, `there are ${objects.length} objects, not one`);
  scene.must(scene.hostCalls === 1, `the host was called ${scene.hostCalls} times, not once`);
  return id;
}

/** One file, failed with one of these codes, in no more tries than the policy has. Hands back its id. */
export async function failsWithin(scene: Scene, ...codes: string[]): Promise<string> {
  const id = scene.addOne();
  await scene.ended([id]);
  scene.expectCode(id, ...codes);
  const sent = await scene.sendings();
  const most = scene.retry.attempts * (scene.rig.resends === true ? 2 : 1);
  scene.must(sent <= most, `it was sent ${sent} times, and the policy allows ${most}`);
  scene.must(scene.hostCalls === 0, 'the host was handed a record of a file that failed');
  return id;
}

/** One file, failed at once: nothing is sent a second time. Hands back its id. */
export async function failsAtOnce(scene: Scene, ...codes: string[]): Promise<string> {
  const id = await failsWithin(scene, ...codes);
  const sent = await scene.sendings();
  scene.must(sent <= 1, `a final answer was met by sending ${sent} times`);
  return id;
}

/** The longest silence between two requests, which is the wait that the store asked for. */
export async function longestPause(scene: Scene): Promise<number> {
  const all = await scene.requests();
  const pauses = all.slice(1).map((request, index) => request.at - (all[index]?.endedAt ?? request.at));
  return Math.max(0, ...pauses);
}

/** How many bodies were under way when this one began, itself included. */
export async function bodiesAtOnce(scene: Scene, from = 0): Promise<number> {
  const bodies = await scene.requests('body');
  const at = (moment: number): number =>
    bodies.filter((body) => body.at <= moment && (body.endedAt ?? Infinity) > moment).length;
  return Math.max(0, ...bodies.filter((body) => body.at >= from).map((body) => at(body.at)));
}
