import { type XmlElement, toXml } from './xml.ts';

/** What an operation answers. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export const plain = (status = 200, headers: Reply['headers'] = {}, body: Buffer = Buffer.alloc(0)): Reply => ({
  status,
  headers,
  body,
});
export const xml = (element: XmlElement, status = 200): Reply =>
  plain(
    status,
    { 'content-type': 'application/xml' },
    Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${toXml(element)}`),
  );
