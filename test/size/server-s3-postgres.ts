export { createUploadServer } from 'slipway/server';
export { postgresRecords } from 'slipway/server/postgres';
export { s3 } from 'slipway/server/s3';
