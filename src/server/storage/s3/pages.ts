import { type Call, type Client, type Refused, refusal } from './client.ts';
import { textOf } from './xml.ts';

/** Which elements of a page say where the next begins, by the query parameter that takes them. */
export type Markers = Readonly<Record<string, string>>;

/** Every page of a list as XML; a refusal that `ends` accepts ends it, every other is thrown. */
export async function* pagesOf(
  client: Client,
  call: Call,
  markers: Markers,
  ends: (refused: Refused) => boolean = () => false,
): AsyncGenerator<string, Refused | null> {
  let query = { ...call.query };
  for (;;) {
    const answer = await client.text({ ...call, query });
    if (!answer.ok) {
      if (ends(answer)) return answer;
      throw refusal(answer);
    }
    yield answer.body;
    if (textOf(answer.body, 'IsTruncated') !== 'true') return null;
    const next = { ...query };
    for (const [name, element] of Object.entries(markers)) next[name] = textOf(answer.body, element) ?? '';
    if (Object.keys(markers).every((name) => next[name] === query[name])) {
      throw refusal({ ok: false, operation: call.operation, status: 502, code: 'EndlessList', retryAfter: null });
    }
    query = next;
  }
}
