/** Request bodies with a limit. */

/**
 * The body's bytes, or `undefined` if there are more than `maximum`; the rest is read and
 * discarded.
 */
export async function readBody(req, maximum) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= maximum) chunks.push(chunk);
  }
  return size <= maximum ? Buffer.concat(chunks) : undefined;
}
