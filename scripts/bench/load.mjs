// Browsers that go through a consent as fast as they can, and what they measure.
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request as send } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** One call over HTTP, to the host of `address`. Resolves to its status, headers and text. */
export function call(address, { method = 'GET', headers = {}, body } = {}) {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const outgoing = send({ agent, hostname: url.hostname, port: url.port, method, path: url.pathname + url.search, headers: { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; });
      answer.once('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      answer.once('error', reject);
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** A browser: cookies, and calls with them. `fresh` is a new one that keeps the session. */
export function browserWith(session) {
  const jar = new Map(session);
  return {
    jar,
    async call(address, { headers = {}, ...options } = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await call(address, { ...options, headers: { cookie, ...headers } });
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        if (/; *max-age=0\b/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}

/** A request of a client, with a challenge of its own. */
export const queryOf = ({ id, redirectUri, scope }) => new URLSearchParams({
  client_id: id, redirect_uri: redirectUri, response_type: 'code', scope, state: randomUUID(), code_challenge: randomBytes(32).toString('base64url'), code_challenge_method: 'S256', prompt: 'consent',
});

/** Fails loudly: a bench of errors measures nothing. */
export function expect(fine, what, { status, text }) {
  if (!fine) throw new Error(`${what}: ${status} ${text.slice(0, 500)}`);
}

/** Of the clock of Linux, in milliseconds, and of its memory, in bytes. */
const [TICK, PAGE] = [10, 4096];

/** A process: who started it, its name, what it has computed, in milliseconds, and its memory in megabytes. Nothing if it has ended. */
function statOf(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const fields = rest.split(' ');
    return [{ pid, parent: Number(fields[1]), name, milliseconds: (Number(fields[11]) + Number(fields[12])) * TICK, megabytes: Math.round(Number(fields[21]) * PAGE / 2 ** 20) }];
  } catch {
    return [];
  }
}

/** What the processes that this one has started have computed, by their names, and the memory of the largest of each name. */
function computed() {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => statOf(Number(pid)));
  const ours = new Set([process.pid]);
  const [times, memory] = [{}, {}];
  // A child has a later number than its parent, mostly: go round until nothing is new.
  for (let before = 0; before !== ours.size;) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  for (const { pid, name, milliseconds, megabytes } of all.filter((one) => ours.has(one.pid) && one.pid !== process.pid)) {
    times[name] = (times[name] ?? 0) + milliseconds;
    memory[name] = Math.max(memory[name] ?? 0, megabytes);
  }
  return { times, memory };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/**
 * Runs a flow again and again.
 *
 * @param {() => Promise<void>} flow one sign-in, from the request to the answer of the client
 * @param {{seconds: number, callers: number, store?: () => Promise<Record<string, number>>}} options `store` tells what the store has done and
 *   keeps so far
 */
export async function measure(flow, { seconds, callers, store = async () => ({}) }) {
  const times = [];
  const run = (until, note) => Promise.all(Array.from({ length: callers }, async () => {
    while (performance.now() < until) {
      const began = performance.now();
      await flow();
      note(performance.now() - began);
    }
  }));
  // What is compiled and opened with the first flows does not count.
  await run(performance.now() + seconds * 300, () => {});
  const kept = await store();
  const [began, before] = [performance.now(), computed()];
  await run(began + seconds * 1000, (time) => times.push(time));
  const [took, now] = [(performance.now() - began) / 1000, computed()];
  const ofStore = Object.fromEntries(Object.entries(await store()).map(([name, value]) => [name, Number(((value - kept[name]) / times.length).toFixed(1))]));
  times.sort((one, other) => one - other);
  const rounded = (value) => Number(value.toFixed(1));
  const cpu = Object.fromEntries(Object.entries(now.times).map(([name, time]) => [name, Number(((time - (before.times[name] ?? 0)) / times.length).toFixed(2))]));
  return { flows: times.length, perSecond: rounded(times.length / took), p50: rounded(at(times, 0.5)), p99: rounded(at(times, 0.99)), cpu, memory: now.memory, store: ofStore };
}

export const closeConnections = () => agent.destroy();
