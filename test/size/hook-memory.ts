export { useUploader } from 'slipway';
export { memory } from 'slipway/providers/memory';
