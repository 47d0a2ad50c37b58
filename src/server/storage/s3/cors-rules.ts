import { escaped } from './xml.ts';

export interface CorsOptions {
  /** The pages that upload: scheme, host and port, exactly as a browser sends them. */
  origins: readonly string[];
  /** Seconds that a browser may keep the answer to its question: an hour by default, a day at most. */
  maxAge?: number;
}
/** A rule as Backblaze B2's own tools take it. */
export interface B2CorsRule {
  corsRuleName: string;
  allowedOrigins: string[];
  allowedOperations: string[];
  allowedHeaders: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number;
}
export interface CorsRules {
  /** For `b2 bucket update --cors-rules`, as JSON. */
  b2: B2CorsRule[];
  /** For `PutBucketCors` of S3. */
  s3: string;
}

/** All that the signed addresses ask of a browser: the type of a PUT, the range of a GET. */
const allowedHeaders = ['content-type', 'range'];
const exposeHeaders = ['ETag', 'Content-Range'];
const longest = 86_400;

/** The rules that let these pages upload to a bucket and read from it, and nobody else. */
export function corsRules({ origins, maxAge = 3600 }: CorsOptions): CorsRules {
  if (origins.length === 0) throw new TypeError('corsRules: `origins` is empty. Name the pages that upload');
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined) {
    throw new TypeError(
      `corsRules: ${JSON.stringify(wrong)} is no origin. Write it as browsers do: https://app.example, no path, no slash`,
    );
  }
  if (!(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= longest)) {
    throw new TypeError('corsRules: `maxAge` is a whole number of seconds, a day (86400) at most');
  }
  const each = (name: string, values: readonly string[]): string =>
    values.map((value) => `<${name}>${escaped(value)}</${name}>`).join('');
  const rule =
    each('AllowedOrigin', origins) +
    each('AllowedMethod', ['PUT', 'GET', 'HEAD']) +
    each('AllowedHeader', allowedHeaders) +
    each('ExposeHeader', exposeHeaders) +
    each('MaxAgeSeconds', [String(maxAge)]);
  return {
    b2: [
      {
        corsRuleName: 'slipway',
        allowedOrigins: [...origins],
        allowedOperations: ['s3_put', 's3_get', 's3_head'],
        allowedHeaders,
        exposeHeaders,
        maxAgeSeconds: maxAge,
      },
    ],
    s3: `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`,
  };
}
