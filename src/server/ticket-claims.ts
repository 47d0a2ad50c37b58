/** What tickets of each purpose say. `exp` is in milliseconds; without it they are good for ever. */
export interface TicketClaims {
  /** Capability to finish one upload. */
  upload: { id: string; owner: string; kind: string | null; key: string | null; size: number; exp: number };
  /** Our word for a stored file, for servers that cannot ask us. */
  proof: { id: string; owner: string; kind: string | null; key: string | null; size: number; type: string | null };
  /** Who an anonymous visitor is. */
  anonymous: { owner: string };
  /** Signed addresses of storages whose bytes this server carries. */
  put: {
    key: string;
    type: string;
    /** Null where the client could not say; then `maxSize` is the limit. */
    size: number | null;
    maxSize: number | null;
    storage: StorageSlot;
    exp: number;
  };
  part: { key: string; uploadId: string; number: number; size: number; storage: StorageSlot; exp: number };
  get: { key: string; type: string; disposition: string; storage: StorageSlot; open: boolean; exp: number };
}
type StorageSlot = 'private' | 'public';
/** A ticket of one purpose is nothing to another. */
export type Purpose = keyof TicketClaims;
