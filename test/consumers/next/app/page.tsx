import { Avatar } from 'slipway';
import type { UploadRecord } from 'slipway/core';
import { lastSaved, remember } from './saved';

export const dynamic = 'force-dynamic';

async function saveAvatar(record: UploadRecord) {
  'use server';
  remember(record.name);
}

/** A Server Component: data and a server action are all it may hand to a client component. */
export default function Page() {
  return (
    <main>
      <h1>Profile</h1>
      <Avatar label="Your picture" onUploaded={saveAvatar} />
      <p id="saved">{lastSaved() ?? 'nothing saved yet'}</p>
    </main>
  );
}
