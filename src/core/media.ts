/**
 * The types people upload, by family: the extension, and after `=` the subtype where it is another word. The first
 * extension of a type is the one we write.
 */
const families = {
  image: 'jpg=jpeg jpeg jfif=jpeg png gif webp avif heic heif bmp tif=tiff tiff svg=svg+xml',
  video: 'mp4 m4v=mp4 webm mov=quicktime',
  audio: 'mp3=mpeg wav ogg',
  text: 'txt=plain csv html htm=html md=markdown',
  application:
    'pdf zip json doc=msword docx=vnd.openxmlformats-officedocument.wordprocessingml.document xls=vnd.ms-excel ' +
    'xlsx=vnd.openxmlformats-officedocument.spreadsheetml.sheet ppt=vnd.ms-powerpoint ' +
    'pptx=vnd.openxmlformats-officedocument.presentationml.presentation exe=x-msdownload',
};

/** By extension. */
const types: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([family, list]) =>
    list.split(' ').map((entry): [string, string] => {
      const [extension = '', subtype = extension] = entry.split('=');
      return [extension, `${family}/${subtype}`];
    }),
  ),
);

/** The extension we write for a type. */
export const extensionFor = (type: string): string => [...types].find(([, known]) => known === type)?.[0] ?? 'bin';

/** The extension of a name in lower case, without the dot; empty where there is none. */
export const extensionOf = (name: string): string => /[^./\\]\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The type a name promises, or null for an extension we do not know. */
export const typeByName = (name: string): string | null => types.get(extensionOf(name)) ?? null;

/** What the browser declared, in lower case and without parameters; empty where it says nothing of use. */
export function declaredType(type: string): string {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return plain === 'application/octet-stream' ? '' : plain;
}
