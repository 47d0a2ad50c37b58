export { createUploadServer } from 'slipway/server';
export { postgresRecords } from 'slipway/server/postgres';
