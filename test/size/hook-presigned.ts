export { useUploader } from 'slipway';
export { presigned } from 'slipway/providers/presigned';
