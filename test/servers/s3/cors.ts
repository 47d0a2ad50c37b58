import type { ServerResponse } from 'node:http';
import type { Incoming } from './incoming.ts';
import { S3Error } from './s3-error.ts';
import { type XmlElement, insideOf, textsOf } from './xml.ts';

export interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAge: string | null;
}

export const rulesFrom = (xml: string): CorsRule[] =>
  insideOf(xml, 'CORSRule').map((rule) => ({
    origins: textsOf(rule, 'AllowedOrigin'),
    methods: textsOf(rule, 'AllowedMethod'),
    headers: textsOf(rule, 'AllowedHeader'),
    exposed: textsOf(rule, 'ExposeHeader'),
    maxAge: textsOf(rule, 'MaxAgeSeconds')[0] ?? null,
  }));

export const toElement = (rules: readonly CorsRule[]): XmlElement => [
  'CORSConfiguration',
  rules.map(({ origins, methods, headers, exposed, maxAge }) => [
    'CORSRule',
    [
      ...origins.map((origin) => ['AllowedOrigin', origin] as const),
      ...methods.map((method) => ['AllowedMethod', method] as const),
      ...headers.map((header) => ['AllowedHeader', header] as const),
      ...exposed.map((header) => ['ExposeHeader', header] as const),
      ...(maxAge === null ? [] : [['MaxAgeSeconds', maxAge] as const]),
    ],
  ]),
];

/** The first rule that allows this origin this method. */
export function ruleFor(rules: readonly CorsRule[], origin: string | undefined, method: string): CorsRule | null {
  if (origin === undefined) return null;
  return (
    rules.find((rule) => rule.methods.includes(method) && rule.origins.some((one) => matches(one, origin))) ?? null
  );
}

export function allow(response: ServerResponse, { origins, methods, exposed, maxAge }: CorsRule, origin: string): void {
  response.setHeader('access-control-allow-origin', origins.includes('*') ? '*' : origin);
  response.setHeader('access-control-allow-methods', methods.join(', '));
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  if (exposed.length > 0) response.setHeader('access-control-expose-headers', exposed.join(', '));
  if (maxAge !== null) response.setHeader('access-control-max-age', maxAge);
}

/** Answers a preflight, which carries no signature. */
export function preflight({ headers }: Incoming, rules: readonly CorsRule[], response: ServerResponse): void {
  const origin = headers['origin'] ?? '';
  const rule = ruleFor(rules, headers['origin'], headers['access-control-request-method'] ?? '');
  const wanted = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const isAllowed = (name: string): boolean => rule?.headers.some((one) => matches(one.toLowerCase(), name)) === true;
  if (rule === null || !wanted.every(isAllowed)) {
    throw new S3Error(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  }
  allow(response, rule, origin);
  if (wanted.length > 0) response.setHeader('access-control-allow-headers', wanted.join(', '));
  response.writeHead(200).end();
}

/** A pattern of S3: at most a few stars, each for any run of characters. */
const matches = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.?+^$[\]\\(){}|]/g, '\\$&'))
      .join('.*')}$`,
  ).test(value);
