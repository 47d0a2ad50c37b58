/**
 * What config, presign and reading do without, loaded as one piece when it is first asked for: a cold start answers
 * sooner. Only ever reached by `import('./later.ts')`.
 */
export { claim, settle } from './claim.ts';
export { confirm } from './confirm.ts';
export { serveDisk } from './disk-route.ts';
export { eraseOwner } from './erase-owner.ts';
export { handleGuide } from './guide.ts';
export { abandon, completeMultipart, openMultipart, signParts } from './multipart.ts';
export { proxyUpload } from './proxy-upload.ts';
export { putBytes } from './put-bytes.ts';
export { sweep } from './sweep.ts';
export { takeWebhook } from './webhooks.ts';
