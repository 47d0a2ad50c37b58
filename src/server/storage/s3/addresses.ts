import type { Addresses } from '../../storage.ts';
import type { Place } from './place.ts';
import type { Signer } from './signer.ts';

/** Addresses of the store itself. Type and length are signed, so that other bytes than declared are refused. */
export function addressesOf(place: Place, signer: Signer): Addresses {
  return {
    async put({ key, type, size, ...lifetime }) {
      const length: Record<string, string> = size === null ? {} : { 'content-length': String(size) };
      const headers = { 'content-type': type, ...length };
      // a browser sets the length by itself and forbids a page to
      return {
        url: await signer.query('PUT', place.objectUrl(key), { ...lifetime, headers }),
        headers: { 'content-type': type },
      };
    },
    async part({ key, uploadId, number, size, ...lifetime }) {
      const url = new URL(place.objectUrl(key));
      url.searchParams.set('partNumber', String(number));
      url.searchParams.set('uploadId', uploadId);
      const headers = { 'content-length': String(size) };
      return { url: await signer.query('PUT', url.href, { ...lifetime, headers }), headers: {} };
    },
    async get({ key, type, disposition, ...lifetime }) {
      const url = new URL(place.objectUrl(key));
      url.searchParams.set('response-content-type', type);
      url.searchParams.set('response-content-disposition', disposition);
      return signer.query('GET', url.href, lifetime);
    },
  };
}
