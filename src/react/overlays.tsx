'use client';
import { Fragment, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

/** Something to show above the page until it is closed; made by code, not by a component. */
export interface Overlay {
  id: number;
  container: Element;
  content: ReactNode;
}

let overlays: readonly Overlay[] = [];
let hosts: readonly object[] = [];
let minted = 0;
const listeners = new Set<() => void>();

function publish(): void {
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const none: readonly Overlay[] = [];

/**
 * Shows content in the nearest open dialog around the focus, so that a modal host neither hides it nor counts a
 * click in it as one outside. Returns its removal. Throws where no `<UploadProvider>` is mounted.
 */
export function openOverlay(content: ReactNode, caller: string): () => void {
  if (hosts.length === 0) {
    throw new Error(
      `${caller} shows itself in <UploadProvider>: put one around your app. (slipway: docs/cropper.md#crop-image)`,
    );
  }
  const modal = document.activeElement?.closest('dialog[open], [role="dialog"], [role="alertdialog"]');
  const overlay = { id: (minted += 1), container: modal ?? document.body, content };
  overlays = [...overlays, overlay];
  publish();
  return () => {
    overlays = overlays.filter((one) => one !== overlay);
    publish();
  };
}

/** The place in the tree where overlays are rendered. `UploadProvider` mounts one; of several, the first serves. */
export function Overlays(): ReactNode {
  const shown = useSyncExternalStore(
    subscribe,
    () => overlays,
    () => none,
  );
  const host = useHost();
  if (!host) return null;
  return shown.map(({ id, container, content }) => <Fragment key={id}>{createPortal(content, container)}</Fragment>);
}

function useHost(): boolean {
  const serving = useSyncExternalStore(
    subscribe,
    () => hosts[0] ?? null,
    () => null,
  );
  const [me] = useState(() => ({}));
  useEffect(() => {
    hosts = [...hosts, me];
    publish();
    return () => {
      hosts = hosts.filter((one) => one !== me);
      publish();
    };
  }, [me]);
  return serving === me;
}
