import { UploadError } from '../core/errors.ts';
import type { Purpose, TicketClaims } from './ticket-claims.ts';

export interface Tickets {
  issue: <P extends Purpose>(purpose: P, claims: TicketClaims[P]) => Promise<string>;
  /** Throws `bad-request` for anything not issued by us for this purpose. Expiry is told, not judged. */
  open: <P extends Purpose>(
    purpose: P,
    ticket: string,
    now: number,
  ) => Promise<{ claims: TicketClaims[P]; expired: boolean }>;
  /** A stable, unguessable name for an owner. */
  ownerHash: (owner: string) => Promise<string>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Tickets `v1.kid.payload.mac`; several secrets are accepted, the first signs. */
export function createTickets(secrets: readonly string[], audience: string): Tickets {
  const rings = secrets.map((secret) => keyRing(secret, audience));
  const [current] = rings;
  if (current === undefined) throw new TypeError('createUploadServer: `secret` is empty');

  return {
    async issue(purpose, claims) {
      const head = `v1.${await current.kid}.${toBase64Url(encoder.encode(JSON.stringify(claims)))}`;
      const mac = await crypto.subtle.sign('HMAC', await current.key(purpose), encoder.encode(head));
      return `${head}.${toBase64Url(new Uint8Array(mac))}`;
    },
    async open<P extends Purpose>(purpose: P, ticket: string, now: number) {
      const [version, kid, payload, mac, ...more] = ticket.split('.');
      if (version !== 'v1' || payload === undefined || mac === undefined || more.length > 0) throw tampered();
      for (const ring of rings) {
        if ((await ring.kid) !== kid) continue;
        const given = fromBase64Url(mac);
        const head = encoder.encode(`v1.${kid}.${payload}`);
        if (given === null || !(await crypto.subtle.verify('HMAC', await ring.key(purpose), given, head))) continue;
        // our own mac stands on it, so it holds what we once put in
        const claims = JSON.parse(decoder.decode(fromBase64Url(payload) ?? undefined)) as TicketClaims[P];
        return { claims, expired: 'exp' in claims && claims.exp <= now };
      }
      throw tampered();
    },
    async ownerHash(owner) {
      const mac = await crypto.subtle.sign('HMAC', await current.key('owner'), encoder.encode(owner));
      return [...new Uint8Array(mac, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

const tampered = (): UploadError =>
  new UploadError('bad-request', { reason: 'ticket' }, { message: 'the ticket is not one of ours for this purpose' });

/** One HKDF key per purpose and audience; derived on first use, then kept. */
function keyRing(secret: string, audience: string): { kid: Promise<string>; key(purpose: string): Promise<CryptoKey> } {
  const root = crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey', 'deriveBits']);
  const parameters = (info: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(32),
    info: encoder.encode(info),
  });
  const keys = new Map<string, Promise<CryptoKey>>();
  return {
    kid: root
      .then((key) => crypto.subtle.deriveBits(parameters('slipway/kid'), key, 48))
      .then((bits) => toBase64Url(new Uint8Array(bits))),
    key(purpose) {
      const made =
        keys.get(purpose) ??
        root.then((key) =>
          crypto.subtle.deriveKey(
            parameters(`slipway/${purpose}/${audience}`),
            key,
            { name: 'HMAC', hash: 'SHA-256', length: 256 },
            false,
            ['sign', 'verify'],
          ),
        );
      keys.set(purpose, made);
      return made;
    },
  };
}

export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Null for what is not base64url. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return null; // a length that base64 cannot have
  }
}
