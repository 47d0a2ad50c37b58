import type { Facts } from './facts.ts';
import { type Reader, ShortOfBytes } from './reader.ts';

/** A prolog longer than this is no picture anybody drew. */
const longestProlog = 64 * 1024;

/**
 * Whether the first element is `<svg>`, after any declaration, comments and document type. Walks once, without
 * backtracking; throws `ShortOfBytes` while the bytes end before the first element does.
 */
export function isSvg(bytes: Reader): boolean {
  const text = prologOf(bytes);
  return text !== null && /^<(?:[a-z_][\w.-]*:)?svg[\s/>]/i.test(text);
}

export function readSvg(bytes: Reader, facts: Facts): void {
  facts.animated = false;
  facts.alpha = true;
  const tag = prologOf(bytes) ?? '';
  const attribute = (name: string): string | undefined =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"'<>]*)["']`).exec(tag)?.[1];
  const [, , boxWidth, boxHeight] = (attribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/, 4)
    .map(Number);
  const box = positive(boxWidth) !== null && positive(boxHeight) !== null ? { boxWidth, boxHeight } : null;
  const width = pixels(attribute('width'));
  const height = pixels(attribute('height'));
  const ratio = box === null ? null : Number(box.boxWidth) / Number(box.boxHeight);
  facts.storedWidth = width ?? (height !== null && ratio !== null ? height * ratio : (boxWidth ?? null));
  facts.storedHeight = height ?? (width !== null && ratio !== null ? width / ratio : (boxHeight ?? null));
  if (width === null && height === null && box === null) facts.storedWidth = facts.storedHeight = null;
}

const positive = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null;

const pixels = (length: string | undefined): number | null =>
  positive(Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(length ?? '')?.[1]));

/** The first element's own tag, or null where the bytes are no markup. */
function prologOf(bytes: Reader): string | null {
  let at = bytes.has(0, '\u00ef\u00bb\u00bf') ? 3 : 0;
  const end = Math.min(bytes.length, longestProlog);
  const text = bytes.length > 0 ? bytes.text(0, end) : '';
  for (;;) {
    at += /^\s*/.exec(text.slice(at, at + 1024))?.[0].length ?? 0;
    if (at < end && text[at] !== '<') return null;
    const rest = text.slice(at, at + 9).toLowerCase();
    const close = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : rest.startsWith('<!') ? '>' : '';
    const [found, length] =
      close === '>' ? endOfDoctype(text, at) : [text.indexOf(close === '' ? '>' : close, at), close.length];
    if (found < 0 || at >= end) {
      if (end >= longestProlog) return null;
      throw new ShortOfBytes(bytes.length + 1024);
    }
    if (close === '') return text.slice(at, found + 1);
    at = found + length;
  }
}

/** A document type may hold declarations of its own in brackets. */
function endOfDoctype(text: string, at: number): [found: number, length: number] {
  const close = text.indexOf('>', at);
  const bracket = text.indexOf('[', at);
  if (bracket < 0 || (close >= 0 && close < bracket)) return [close, 1];
  const closed = text.indexOf(']', bracket);
  return closed < 0 ? [-1, 1] : [text.indexOf('>', closed), 1];
}
