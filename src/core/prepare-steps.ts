import type { Errands } from './errand.ts';
import { UploadError } from './errors.ts';
import type { Fleet } from './fleet.ts';
import { sampleHash } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { PrepareStep } from './prepare.ts';
import type { Provider } from './provider.ts';
import { checkFile, checkSize, type Rules, tighten } from './rules.ts';
import type { HeldOptions, Prepare } from './uploader-options.ts';
import type { UploadId } from './id.ts';
import type { Voyage } from './voyage.ts';

export interface StepsFor {
  ports: Ports;
  options: HeldOptions;
  voyage: Voyage;
  /** All of the list. */
  voyages: ReadonlyMap<UploadId, Voyage>;
  /** A small request within its time limit. */
  within: Errands['within'];
}

/** What happens to a file of these options before it is sent, in order. Empty where nothing has to. */
export function stepsFor({ ports, options, voyage, voyages, within }: StepsFor): PrepareStep[] {
  const { provider, fleet } = voyage;
  // of two twins the later one is too many; and one that has left its journey is nobody's twin
  const others = (): Blob[] => {
    const all = [...voyages.values()];
    const earlier = all.slice(0, all.indexOf(voyage));
    return earlier.filter(({ item }) => !['cancelled', 'failed'].includes(item.status)).map(({ file }) => file);
  };
  const { limits } = provider;
  const before: PrepareStep[] = [
    ...(limits === undefined ? [] : [limitsStep((kind) => askLimits(provider, fleet, kind, within))]),
    ...(options.duplicates === 'reject' ? [duplicatesStep(others)] : []),
  ];
  const changing = [...ports.steps, ...(options.prepare === undefined ? [] : [ownStep(options.prepare)])];
  return [...before, ...changing, ...(changing.length === 0 ? [] : [outputStep])];
}

/** What the provider accepts can only tighten the rules that intake has checked already. */
const limitsStep = (ask: (kind: string | null) => Promise<Partial<Rules>>): PrepareStep => ({
  name: 'limits',
  async run(source, { kind, rules }) {
    const [problem] = checkFile(source, tighten(rules, await ask(kind)));
    if (problem !== undefined) throw problem;
    return source;
  },
});

/** Asked once per kind. A provider that cannot say is no reason to refuse: it will refuse by itself. */
function askLimits(
  provider: Provider,
  fleet: Fleet,
  kind: string | null,
  within: Errands['within'],
): Promise<Partial<Rules>> {
  const key = kind ?? '';
  const ask = async (): Promise<Partial<Rules>> =>
    (await within(provider, (signal) => provider.limits?.(kind, signal)).catch(() => undefined)) ?? {};
  const asked = fleet.limits.get(key) ?? ask();
  fleet.limits.set(key, asked);
  return asked;
}

const duplicatesStep = (others: () => Blob[]): PrepareStep => ({
  name: 'duplicates',
  async run(source) {
    const alike = others().filter((other) => other.size === source.size);
    const hash = alike.length === 0 ? '' : await sampleHash(source.file);
    for (const other of alike) {
      // oxlint-disable-next-line no-await-in-loop -- the first twin is enough
      if ((await sampleHash(other).catch(() => null)) === hash)
        throw new UploadError('duplicate', { name: source.name }, { at: 'prepare' });
    }
    return source;
  },
});

const ownStep = (prepare: Prepare): PrepareStep => ({
  name: 'prepare',
  async run(source, { signal }) {
    const file = await prepare(source.file, { name: source.name, signal });
    if (file === source.file) return source;
    return { ...source, file, size: file.size, type: file.type === '' ? source.type : file.type };
  },
});

/** Shrinking may have mended what was too large, and may have made what is too large. */
const outputStep: PrepareStep = {
  name: 'check',
  async run(source, { rules }) {
    const [problem] = checkSize(source.size, rules);
    if (problem !== undefined) throw problem;
    return source;
  },
};
