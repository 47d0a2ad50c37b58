export { Cropper } from 'slipway';
