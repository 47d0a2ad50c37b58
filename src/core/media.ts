/** The types people upload, each with the extensions it travels under; the first is the one we write. */
export const extensionsOf: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif', 'pjpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic'],
  'image/heif': ['heif'],
  'image/bmp': ['bmp'],
  'image/tiff': ['tif', 'tiff'],
  'image/svg+xml': ['svg'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/quicktime': ['mov'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'audio/ogg': ['ogg', 'oga'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/json': ['json'],
  'application/msword': ['doc'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
  'text/html': ['html', 'htm'],
  'text/markdown': ['md'],
  'application/x-msdownload': ['exe', 'dll', 'msi'],
};

const typeOfExtension = new Map(
  Object.entries(extensionsOf).flatMap(([type, extensions]) =>
    extensions.map((extension) => [extension, type] as const),
  ),
);

/** The extension of a name in lower case, without the dot; empty where there is none. */
export const extensionOf = (name: string): string => /[^./\\]\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The type a name promises, or null for an extension we do not know. */
export const typeByName = (name: string): string | null => typeOfExtension.get(extensionOf(name)) ?? null;

/** What the browser declared, in lower case and without parameters; empty where it says nothing of use. */
export function declaredType(type: string): string {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return plain === 'application/octet-stream' ? '' : plain;
}
