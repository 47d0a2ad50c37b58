import { extensionFor } from '../core/media.ts';

/** Where signed addresses write to; never served. */
export const incomingKey = (prefix: string, ownerHash: string, id: string): string =>
  `${prefix}incoming/${ownerHash}/${id}`;

/** Where a record's bytes are. The attempt is part of it, so that no two confirms ever write one object. */
export const finalKey = (
  prefix: string,
  ownerHash: string,
  { kind, id, attempt, type }: { kind: string; id: string; attempt: number; type: string },
): string => {
  return `${prefix}${ownerHash}/${kind.replaceAll(/[^\w-]/g, '_')}/${id}-${attempt}.${extensionFor(type)}`;
};

/** What a browser could run as a page of this origin; such files are always a download. */
const active = /^(text\/html|application\/xhtml\+xml|image\/svg\+xml|text\/xml|application\/xml|.*\+xml)$/;

/** How a file is served: shown in the page or saved under its name. */
export function dispositionOf(type: string, whole: string): string {
  const name = shortened(whole);
  const inline = !active.test(type) && /^(image|video|audio)\/|^application\/pdf$|^text\/plain$/.test(type);
  // eslint-disable-next-line no-control-regex -- exactly those would break the header
  const plain = name.replaceAll(/[^\u0020-\u007e]|["\\%]/g, '_');
  const full = encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '_')).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`;
}

/** The disposition is signed into addresses, and those must fit into a header: the middle of a long name goes. */
function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= 120 ? name : [...letters.slice(0, 100), '\u2026', ...letters.slice(-19)].join('');
}

/** Bytes under a final key never change. */
export const immutable: string = 'private, max-age=31536000, immutable';
