import type { ReactNode } from 'react';
import { Uploads } from './uploads';

export const metadata = { title: 'slipway in a Next app' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Uploads>{children}</Uploads>
      </body>
    </html>
  );
}
