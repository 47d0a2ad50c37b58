export { Avatar } from 'slipway';
export { presigned } from 'slipway/providers/presigned';
