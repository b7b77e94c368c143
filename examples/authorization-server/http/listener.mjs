/** The listener of the server. */
import { createServer } from 'node:http';

/**
 * Clients keep a connection for their next call. If the server closes it first, that call can meet
 * the end of the connection and fail. Proxies and HTTP clients keep one for a minute at most.
 */
const KEEP_ALIVE = 70_000;

export const createListener = () => createServer({
  // With Node's limit of 16 KiB for all headers, a long request gets a bare 431.
  maxHeaderSize: 65_536,
  keepAliveTimeout: KEEP_ALIVE,
  // If shorter, it would end connections that wait for their next request.
  headersTimeout: KEEP_ALIVE + 5000,
});
