/**
 * A mistake in the host's code. Callers put the explanation (what, why, how to mend it) behind
 * `process.env.NODE_ENV`, so that bundlers drop it from production, where the place to read it up remains.
 */
export const misuse = (where: string, explanation: string | false): Error =>
  new Error(`slipway: ${explanation || where} (docs/hooks.md#${where})`);
