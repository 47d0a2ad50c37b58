/** One request as a provider asks for it. */
export interface SendRequest {
  url: string;
  method: string;
  /** Sent exactly as given. */
  headers?: Readonly<Record<string, string>> | undefined;
  body?: Blob | FormData | string | null | undefined;
  credentials?: 'include' | 'same-origin' | 'omit' | undefined;
  signal: AbortSignal;
  /** Body bytes handed to the network so far. */
  onProgress?: ((sent: number) => void) | undefined;
  /** The whole body is out; only the answer is missing. */
  onBodySent?: (() => void) | undefined;
}

export interface SendResponse {
  status: number;
  /** The address that answered in the end. */
  url: string;
  /** Case-insensitive; null where the header is absent or CORS hides it. */
  header(name: string): string | null;
  text: string;
}

/**
 * The transport port: one request, one answer of any status. Rejects with `UploadError('network')` when no answer
 * came, and with the signal's reason when aborted. Never retries and sets no limits: both are the engine's.
 */
export type Send = (request: SendRequest) => Promise<SendResponse>;
