/** Request bodies, read to a limit. */

/** The body's bytes, or `undefined` where it is longer than `most`; the rest is then thrown away. */
export async function readBody(req, most) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size <= most ? Buffer.concat(chunks) : undefined;
}
