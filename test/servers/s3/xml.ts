const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => entities[char] ?? char);

export type XmlContent = string | number | boolean | readonly XmlElement[];
export type XmlElement = readonly [name: string, content: XmlContent];

/** An element with text or children. */
export function toXml([name, content]: XmlElement): string {
  const inside = typeof content === 'object' ? content.map(toXml).join('') : escaped(String(content));
  return `<${name}>${inside}</${name}>`;
}

/** What stands inside each element of that name, still as XML. */
export const insideOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inside = '']) => inside);

/** The text of each element of that name. */
export const textsOf = (xml: string, name: string): string[] =>
  insideOf(xml, name).map((text) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
