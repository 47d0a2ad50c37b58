'use client';
import { useEffect, useState } from 'react';

/**
 * An address to show a picked file by, while the component is there; null on the server, before the first effect,
 * and for what is no picture. The address is released with the component or when the file changes.
 */
export function usePreview({ file }: { file: Blob | null | undefined }): string | null {
  const [preview, setPreview] = useState<{ file: Blob; url: string } | null>(null);
  useEffect(() => {
    if (file === null || file === undefined || !file.type.startsWith('image/')) return undefined;
    const url = URL.createObjectURL(file);
    // oxlint-disable-next-line react/set-state-in-effect -- the address is a resource that only an effect may take
    setPreview({ file, url });
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return preview !== null && preview.file === file ? preview.url : null;
}
