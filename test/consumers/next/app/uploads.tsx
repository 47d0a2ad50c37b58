'use client';
import type { ReactNode } from 'react';
import { UploadProvider } from 'slipway';
import { memory } from 'slipway/providers/memory';

const files = memory();

/** The one client file of this app: every page below is a Server Component. */
export function Uploads({ children }: { children: ReactNode }) {
  return <UploadProvider provider={files}>{children}</UploadProvider>;
}
