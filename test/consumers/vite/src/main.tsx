import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Avatar, UploadProvider } from 'slipway';
import type { UploadRecord } from 'slipway/core';
import { files } from './uploads';

function Profile() {
  const [saved, setSaved] = useState<Pick<UploadRecord, 'name'> | null>(null);
  return (
    <>
      <h1>Profile</h1>
      <Avatar kind="profileImage" onUploaded={(record) => setSaved(record)} />
      <p id="saved">{saved === null ? 'nothing saved yet' : `saved ${saved.name}`}</p>
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <UploadProvider provider={files}>
      <Profile />
    </UploadProvider>
  </StrictMode>,
);
