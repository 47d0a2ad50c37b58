import { UploadError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { KindPlan } from './deployment.ts';
import { isSmallObject } from './wire.ts';

/** The host's metadata as its schema gives it out; without a schema, as it came. */
export async function checkMetadata({ options }: KindPlan, metadata: JsonObject): Promise<JsonObject> {
  const schema = options.metadata;
  if (schema === undefined) return metadata;
  const result = await schema['~standard'].validate(metadata);
  if (result.issues !== undefined) {
    const issues = result.issues.slice(0, 10).map(({ path, message }) => `${pathOf(path)}${message}`);
    throw new UploadError('metadata-invalid', { issues }, { message: issues.join('; ') });
  }
  if (!isSmallObject(result.value)) {
    throw new UploadError('metadata-invalid', { issues: ['the schema must give out a small object'] });
  }
  // what a schema gives out need not be JSON yet: dates become text here, as they will in every record
  return JSON.parse(JSON.stringify(result.value)) as JsonObject;
}

const pathOf = (path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string =>
  path === undefined || path.length === 0
    ? ''
    : `${path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')}: `;
