/**
 * A proxy in front of a server, which changes requests and answers as a mutation says. What a mutation gets to know is what went
 * through: the cards, decisions and browsers so far.
 */
import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';

const API = '/countersign/';
const parsed = (body) => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const cookieOf = (header, name) => header?.split('; ').find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

/** Remembers what went through. */
export class Memory {
  /** By transaction: `{ cookie, browser, query, card, answer, decision, submits, open }`. */
  transactions = new Map();
  /** By the id of a question: `{ browser, query, decided, open }`. */
  logouts = new Map();
  /** Codes that were redeemed, with their answers. */
  codes = new Map();
  #renewed = new Map();

  /** The first id of a browser, whose id is renewed at a sign-in. */
  browserOf({ headers }) {
    let id = cookieOf(headers.cookie, 'countersign_browser');
    while (this.#renewed.has(id)) id = this.#renewed.get(id);
    return id;
  }

  of(id) {
    if (!this.transactions.has(id)) this.transactions.set(id, { open: 0, known: false });
    return this.transactions.get(id);
  }

  question(id) {
    if (!this.logouts.has(id)) this.logouts.set(id, { open: 0, known: false });
    return this.logouts.get(id);
  }

  #browser(call, answer) {
    const before = cookieOf(call.headers.cookie, 'countersign_browser');
    const after = [answer.headers['set-cookie'] ?? []].flat().map((line) => cookieOf(line.split(';')[0], 'countersign_browser')).find(Boolean);
    if (before && after && before !== after) this.#renewed.set(after, before);
    return this.browserOf({ headers: { cookie: `countersign_browser=${after ?? before}` } });
  }

  /** Notes the server's own answer, before a mutation changes it. */
  note(call, answer) {
    const browser = this.#browser(call, answer);
    const { json: body = {} } = call;
    const { json = {} } = answer;
    if (call.name === 'authorize/start' && json.transaction) {
      const one = this.of(json.transaction);
      if (!one.known) Object.assign(one, { known: true, browser, cookie: call.headers.cookie, query: body.query, first: json.outcome });
      if (json.outcome === 'consent') one.card = json;
    }
    if (call.name === 'authorize/submit' && answer.status === 200 && json.outcome === 'redirect') Object.assign(this.of(body.transaction), { answer: json, decision: body.decision, remember: body.remember });
    if (call.name === 'logout/start' && json.logout) Object.assign(this.question(json.logout), { known: true, browser, query: body.query });
  }
}

/** A request as mutations see it: `name` is that of a call of the API. */
async function readCall(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const name = req.url.startsWith(API) ? req.url.slice(API.length) : undefined;
  return { method: req.method, url: req.url, headers: { ...req.headers }, body, name, json: parsed(body.toString()) };
}

/** A request with another JSON body. */
export const withJson = (call, json) => ({ ...call, json, body: Buffer.from(JSON.stringify(json)) });

/** Starts a proxy; `mutation` is `{ request?(call, memory), answer?(answer, call, memory, forward) }`, each of which may return another one. */
export async function startProxy(test) {
  const agent = new Agent({ keepAlive: true });
  const state = { port: 0, mutation: {}, memory: new Memory() };

  async function forward({ method, url, headers, body }) {
    const { 'transfer-encoding': dropped, connection, ...rest } = headers;
    const sent = send({ host: '127.0.0.1', port: state.port, method, path: url, agent, headers: { ...rest, 'content-length': body.length } });
    sent.end(body);
    const [response] = await once(sent, 'response');
    const chunks = await response.toArray();
    const bytes = Buffer.concat(chunks);
    return { status: response.statusCode, headers: { ...response.headers }, body: bytes, json: parsed(bytes.toString()) };
  }

  const waiting = new Map();

  /** Of two decisions that a check makes at once, the first waits here for the second, so that they always meet. */
  async function meet({ name, json, headers }) {
    if (!/submit$/.test(name ?? '') || !/ \w+\.race\b/.test(headers['user-agent'])) return;
    const id = json.transaction ?? json.logout;
    const first = waiting.get(id);
    waiting.delete(id);
    if (first !== undefined) first.resolve();
    else {
      const { promise, resolve } = Promise.withResolvers();
      waiting.set(id, { resolve });
      await promise;
    }
  }

  async function handle(req, res) {
    const { mutation, memory } = state;
    const given = await readCall(req);
    await meet(given);
    const call = (await mutation.request?.(given, memory)) ?? given;
    const one = call.name === 'authorize/submit' ? memory.of(call.json?.transaction) : memory.question(call.json?.logout);
    const parallel = one.open > 0;
    one.open += 1;
    if (parallel) one.parallel = true;
    const own = await forward(call);
    memory.note(call, own);
    const answer = (await mutation.answer?.(own, call, memory, forward)) ?? own;
    one.open -= 1;
    const body = answer.json !== undefined && answer.json !== own.json ? Buffer.from(JSON.stringify(answer.json)) : answer.body;
    const { 'content-length': length, 'transfer-encoding': encoding, connection, ...headers } = answer.headers;
    res.writeHead(answer.status, req.method === 'HEAD' ? headers : { ...headers, 'content-length': body.length });
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  const server = createServer((req, res) => handle(req, res).catch((error) => res.destroy(error)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://localhost:${server.address().port}`,
    forwardTo(port) { state.port = port; },
    mutate(mutation) { Object.assign(state, { mutation, memory: new Memory() }); },
  };
}
