export { Avatar, type AvatarProps } from './components/avatar/avatar.tsx';
export type { Register, RegisteredKinds } from './core/register.ts';
export { UploadProvider, type UploadProviderProps } from './react/upload-provider.tsx';
export { useUploader } from './react/use-uploader.ts';
export { useUpload, useUploadIds, useUploads, useUploadTotals, type UploaderOption } from './react/use-uploads.ts';
export { type UploadProgressOptions, useUploadProgress } from './react/use-upload-progress.ts';
export { type FileUrlOptions, useFileUrl } from './react/use-file-url.ts';
export { usePreview } from './react/use-preview.ts';
