/** Only the site's own pages may call the API. Neither a form nor a page of another origin can send such a call. */
import { bodyFault, parseJson } from './json.ts';
import { Fault } from './problems.ts';

const MAX_BODY = 48 * 1024;

/** Checks for the exact `Origin`, our header (which forces a preflight from another origin) and JSON. */
export function checkCaller({ headers, method }: Request, origin: string): void {
  if (method !== 'POST') throw new Fault(405, 'malformed_call', 'Only POST is answered here.');
  const refuse = (detail: string): Fault => new Fault(403, 'cross_origin_call', detail);
  if (headers.get('origin') !== origin) throw refuse('The Origin header is missing or not that of this site.');
  if (headers.get('x-countersign') !== '1') throw refuse('The X-Countersign header is missing.');
  if ((headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') throw refuse('The call comes from another site.');
  if (mediaType(headers) !== 'application/json') throw refuse('The body is not declared as application/json.');
}

export const mediaType = (headers: Headers): string => (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

/** Whether a body is compressed, or coded in another way: nothing here takes it apart. */
export const isEncoded = (headers: Headers): boolean => (headers.get('content-encoding') ?? 'identity').trim().toLowerCase() !== 'identity';

/** The bytes of a body, or `undefined` if there are more than `most`. What is over the limit is not read. */
export async function readBody(request: Request, most: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(most);
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const value = (await reader?.read())?.value;
    if (value === undefined) return bytes.subarray(0, size);
    if (size + value.length > most) {
      // Not awaited: some sources end only when the answer is sent.
      reader!.cancel().catch(() => {});
      return undefined;
    }
    bytes.set(value, size);
    size += value.length;
  }
}

/** The JSON body of a call. A byte order mark is no JSON (RFC 8259 section 8.1). */
export async function readJson(request: Request): Promise<unknown> {
  if (isEncoded(request.headers)) throw bodyFault('', 'has a Content-Encoding');
  const bytes = await readBody(request, MAX_BODY);
  if (bytes === undefined) throw bodyFault('', 'is longer than 48 KiB');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw bodyFault('', 'is not UTF-8');
  }
  return parseJson(text);
}
