// One name for several processes: a reverse proxy that gives each request to the next of them.
import { Agent, request as send } from 'node:http';
import { listenNode } from '../../examples/engines/site/listen.mjs';

/** Names a process, so that a test can choose one, and see which one has answered. */
export const PROCESS = 'x-cluster-process';
const NOT_PASSED = new Set(['connection', 'keep-alive', 'transfer-encoding', PROCESS]);
/** Nobody was there, so that nothing has happened. */
const NOBODY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

const passed = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED.has(name)));

async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Sends a request to one process. Rejects if it is not there. */
const attempt = (agent, { address }, { method, url, headers }, body) => new Promise((resolve, reject) => {
  const to = new URL(address);
  const outgoing = send({ agent, hostname: to.hostname, port: to.port, method, path: url, headers: { ...passed(headers), 'content-length': body.length } }, resolve);
  outgoing.once('error', reject);
  outgoing.end(body);
});

/**
 * @param {{targets: {name: string, address: string, takes?: (url: string) => boolean}[], port?: number, onCall?: Function}} options the processes, which may change their
 *   addresses; the port, 0 for any free one; and who hears of each request: `onCall({ method, url, name })`
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function startProxy({ targets, port = 0, onCall = () => {} }) {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  /** Those to try, the next one first. */
  function order(wanted, url) {
    if (wanted) return targets.filter(({ name }) => name === wanted);
    turn += 1;
    return targets.map((_, index) => targets[(turn + index) % targets.length]).filter(({ takes }) => takes === undefined || takes(url));
  }

  async function pass(req, res) {
    const body = await bodyOf(req);
    for (const target of order(req.headers[PROCESS], req.url)) {
      try {
        const answer = await attempt(agent, target, req, body);
        onCall({ method: req.method, url: req.url, name: target.name });
        res.writeHead(answer.statusCode, { ...passed(answer.headers), [PROCESS]: target.name });
        answer.pipe(res);
        return;
      } catch (error) {
        if (!NOBODY.has(error.code)) throw error;
      }
    }
    res.writeHead(503, { 'Content-Type': 'text/plain', 'Retry-After': '1' }).end('No process is there.');
  }

  const listening = await listenNode(port, async () => (req, res) => pass(req, res).catch(() => res.destroy()));
  return {
    origin: listening.origin,
    close: async () => {
      await listening.close();
      agent.destroy();
    },
  };
}
