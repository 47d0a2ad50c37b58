'use client';
import { type ChangeEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { OnUploaded } from '../../core/deliver.ts';
import type { AnyProvider } from '../../core/provider.ts';
import type { SavedFile } from '../../core/record.ts';
import { useFileUrl } from '../../react/use-file-url.ts';
import { usePreview } from '../../react/use-preview.ts';
import { useUploader } from '../../react/use-uploader.ts';
import { useUploads } from '../../react/use-uploads.ts';

export interface AvatarProps {
  /** Default: the nearest `<UploadProvider>`'s. */
  provider?: AnyProvider | undefined;
  kind?: string | undefined;
  /** The picture that is saved already. */
  value?: SavedFile | null | undefined;
  /** Saves the new picture; awaited. */
  onUploaded?: OnUploaded | undefined;
  /** What the picture is of, for who cannot see it. */
  label?: string | undefined;
  /** Shown where there is no picture; initials, an icon. */
  fallback?: ReactNode;
}

/** A profile picture that can be changed: shows the new one at once, and the old one again if it could not be saved. */
export function Avatar({
  provider,
  kind,
  value,
  onUploaded,
  label = 'Profile picture',
  fallback,
}: AvatarProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const statusId = useId();
  const valueId = value?.id ?? null;
  /** The value that the picture at hand was picked over, and once it is saved, its record. */
  const [picked, setPicked] = useState<{ over: string | null; saved: SavedFile | null } | null>(null);
  const uploader = useUploader({
    provider: provider as AnyProvider,
    kind,
    single: true,
    accept: 'image/*',
    onUploaded: async (record, delivery) => {
      await onUploaded?.(record, delivery);
      setPicked((last) => last && { ...last, saved: record });
    },
  });
  const [latest] = useUploads({ uploader }).slice(-1);
  // another picture from the host takes its place; the same one coming back as the value does not
  const isCurrent = picked !== null && (picked.over === valueId || latest?.id === valueId);
  const item = isCurrent ? latest : undefined;
  const failed = item?.status === 'failed' || item?.status === 'rejected';
  const preview = usePreview({ file: failed ? null : item?.file });
  const stored = useFileUrl({ file: (isCurrent ? picked.saved : null) ?? value, provider });
  const shown = preview ?? stored;

  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    setPicked({ over: valueId, saved: null });
    uploader.add(event.currentTarget.files ?? []);
    event.currentTarget.value = ''; // so that the same file can be picked again
  };
  return (
    <div data-part="avatar" data-status={item?.status ?? 'idle'}>
      <button type="button" data-part="trigger" aria-describedby={statusId} onClick={() => input.current?.click()}>
        {shown === null ? (
          (fallback ?? label)
        ) : (
          <img data-part="image" src={shown} alt={label} width={96} height={96} />
        )}
      </button>
      <input ref={input} type="file" accept="image/*" hidden aria-label={label} onChange={pick} />
      <span id={statusId} role="status">
        {item?.status === 'done' ? 'Saved' : failed ? 'Not saved' : ''}
      </span>
    </div>
  );
}
