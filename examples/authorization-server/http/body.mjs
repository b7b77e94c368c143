/** Request bodies with a limit. What is longer is not read: the connection ends with the answer. */

/** Whether a body is compressed, or coded in another way: nothing here takes it apart. */
export const isEncoded = ({ headers }) => (headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity';

/** Ends the connection with the answer, instead of reading what is left of the body. */
export function stopReading(req, res) {
  res.setHeader('Connection', 'close');
  req.pause();
}

/** The body's bytes, or `undefined` if there are more than `maximum`. */
export async function readBody(req, res, maximum) {
  const chunks = [];
  let size = 0;
  if (!(Number(req.headers['content-length'] ?? 0) > maximum)) {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > maximum) break;
      chunks.push(chunk);
    }
    if (size <= maximum) return Buffer.concat(chunks);
  }
  stopReading(req, res);
  return undefined;
}

/**
 * Limits a body that somebody else reads, by the request's iterator. Its answer becomes a 413.
 *
 * @returns `false` if the declared length is over the limit
 */
export function limitBody(req, res, maximum) {
  if (Number(req.headers['content-length'] ?? 0) > maximum) {
    stopReading(req, res);
    return false;
  }
  const iterate = req.iterator.bind(req);
  let over = false;
  req.iterator = async function* limited() {
    let size = 0;
    for await (const chunk of iterate({ destroyOnReturn: false })) {
      size += chunk.length;
      over = size > maximum;
      if (over) throw new Error('the body is too long');
      yield chunk;
    }
  };
  const writeHead = res.writeHead.bind(res);
  res.writeHead = (status, ...more) => {
    if (over) stopReading(req, res);
    return writeHead(over ? 413 : status, ...more);
  };
  return true;
}
