export { Avatar, type AvatarProps } from './components/avatar/avatar.tsx';
export type { AnyUploader } from './core/uploader.ts';
export type { Register, RegisteredKinds } from './core/register.ts';
export { UploaderProvider, UploadProvider, type UploadProviderProps } from './react/upload-provider.tsx';
export { useUploader } from './react/use-uploader.ts';
export { useUpload, useUploadIds, useUploads, useUploadTotals, type UploaderOption } from './react/use-uploads.ts';
export { type UploadProgressOptions, useUploadProgress } from './react/use-upload-progress.ts';
export { type FileUrlOptions, useFileUrl } from './react/use-file-url.ts';
export { usePreview } from './react/use-preview.ts';
export { cropImage, type CropImageOptions } from './components/cropper/crop-image.tsx';
export { Cropper, type Cropped, type CropperProps } from './components/cropper/cropper.tsx';
export { CropperDialog, type CropperDialogProps } from './components/cropper/cropper-dialog.tsx';
export { CropperNumbers } from './components/cropper/cropper-numbers.tsx';
export {
  CropperAngle,
  CropperApply,
  CropperFlip,
  CropperGrid,
  CropperHandle,
  CropperImage,
  CropperReset,
  CropperRoot,
  CropperRotate,
  CropperStencil,
  CropperViewport,
  CropperZoom,
  useCropperContext,
  type CropperState,
} from './components/cropper/cropper-parts.tsx';
export {
  type CropperApi,
  type CropperPartProps,
  type CropperMessages,
  type CropReason,
  type CropSource,
  useCropper,
  type UseCropperOptions,
} from './react/use-cropper.ts';
export type { PartState } from './react/part.tsx';
export type { WheelPolicy } from './react/use-cropper/gestures.ts';
export type { CropFigures } from './react/use-cropper/paint.ts';
export type { LoadedPicture } from './react/use-cropper/store.ts';
