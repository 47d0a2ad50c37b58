import type { AnyProvider } from '../../../src/core/provider.ts';
import type { Fault, Make } from '../../../src/testing/conformance/index.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { promiseOnly, promiseSdk } from './promise-only.ts';
import { createScriptedStore, fakeSignature } from './scripted-store.ts';
import { threeParts, type ThreePartsOptions } from './three-parts.ts';

type Reasons = Partial<Record<Fault, string>>;

const transport = 'its transport is a double, which has no browser around it';
const transportFaults: Reasons = {
  'name-not-found': transport,
  'tls-broken': transport,
  'cors-blocked': transport,
  'preflight-refused': transport,
  'csp-blocked': transport,
  'sent-twice': transport,
  redirect: transport,
};
const notForThreeParts: Reasons = {
  ...transportFaults,
  'many-parts': 'it knows three parts, and no lists of them',
  'part-size-changed': 'its parts are pinned when the upload begins',
};

const whole = 'it sends a file whole';
const noAddress = 'it asks for no address before it sends';
const noProof = 'its answer to the body is its proof';
const notForPromiseOnly: Reasons = {
  ...transportFaults,
  'no-answer': 'it cannot ask whether the object is there',
  'slow-presign': noAddress,
  'slow-confirm': noProof,
  '403-expired': noAddress,
  'error-in-200': noProof,
  'captive-portal': noProof,
  'confirm-500-once': noProof,
  'confirm-always-500': noProof,
  'confirm-not-there': noProof,
  'presign-500-once': noAddress,
  'presign-html': noAddress,
  'presign-reset': noAddress,
  'presign-422': noAddress,
  'presign-reordered': noAddress,
  'presign-expired': noAddress,
  'foreign-origin': noAddress,
  '401-once': 'the SDK signs in by itself',
  'etag-hidden': whole,
  'part-500-once': whole,
  'part-mismatch-once': whole,
  'upload-id-expired': whole,
  'complete-200-error': whole,
  'complete-200-error-once': whole,
  'complete-500-once': whole,
  'complete-lost-reply': whole,
  'part-size-changed': whole,
  'many-parts': whole,
};

type Build = (parts: ThreePartsOptions) => AnyProvider;

/** A rig over the scripted store. `build` makes the provider, so that a broken one can take its place. */
const rigOf =
  (reasons: Reasons, storing: 'body' | 'complete', build: Build): Make =>
  (fault) => {
    const reason = fault === null ? undefined : reasons[fault];
    if (reason !== undefined) return { notApplicable: reason };
    const clock = manualClock();
    const store = createScriptedStore({ clock, fault, storing, bandwidth: fault === 'slow-body' ? 600 : 100_000 });
    let signIns = 0;
    const signIn = async (): Promise<void> => {
      signIns += 1;
      await new Promise<void>((resolve) => void clock.after(300, resolve));
      store.signIn();
    };
    return {
      provider: build({ clock, send: store.send, signIn }),
      ports: { clock },
      advance: (milliseconds) => clock.advance(milliseconds),
      store: store.view,
      heal: store.heal,
      secrets: [fakeSignature],
      signIns: () => signIns,
    };
  };

export const threePartsRig = (build: Build = threeParts): Make => rigOf(notForThreeParts, 'complete', build);
export const promiseOnlyRig = (build: Build = ({ send }) => promiseOnly(promiseSdk(send))): Make =>
  rigOf(notForPromiseOnly, 'body', build);
