export { type B2Options, b2FromEnv } from './s3/b2-from-env.ts';
export { type B2CorsRule, type CorsOptions, type CorsRules, corsRules } from './s3/cors-rules.ts';
export type { AddressStyle } from './s3/place.ts';
export { type S3Options, s3 } from './s3/s3.ts';
export type { Credentials } from './s3/signer.ts';
