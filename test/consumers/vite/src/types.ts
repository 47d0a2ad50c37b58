// Read by the type checker alone: what a host's editor says about the packed declarations.
import { useUploader } from 'slipway';

export function KnownKind(): void {
  useUploader({ kind: 'profileImage' });
}

export function UnknownKind(): void {
  // @ts-expect-error -- the registered provider has no such kind
  useUploader({ kind: 'profileImgae' });
}
