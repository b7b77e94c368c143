/** What mutations are made of: data about a call, and small changes of requests and answers. */
import { withJson } from '../proxy.mjs';

export const START = 'authorize/start';
export const SUBMIT = 'authorize/submit';

/** The parameters of the request that a call is about: of its query, or of the query that opened its transaction. */
export const asked = (call, memory) => new URLSearchParams(call.json?.query ?? memory?.of(call.json?.transaction).query ?? '');

/** An answer with another status and body. The headers that every answer has stay. */
export function answering(answer, status, json, type = status === 200 ? 'application/json' : 'application/problem+json') {
  return { ...answer, status, json, headers: { ...answer.headers, 'content-type': type } };
}

export const fault = (answer, status, code, more = {}) => answering(answer, status, {
  type: 'about:blank', title: 'A fault', status, detail: 'A fault that was made on purpose.', code, request_id: answer.headers['x-request-id'], ...more,
});

/** The client's address of a request, with parameters. */
export function leading(answer, parameters, more) {
  const address = new URL(parameters.get('redirect_uri'));
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
  return answering(answer, 200, { outcome: 'redirect', redirect_uri: address.href });
}

/** A code that nobody has made. */
export const withCode = (answer, parameters) => leading(answer, parameters, { code: 'made-up', state: parameters.get('state') });

/** Changes a JSON answer with this outcome, of one call. */
export const changing = (name, outcome, change) => ({
  answer(answer, call, memory) {
    if (call.name !== name || answer.json?.outcome !== outcome) return undefined;
    const json = structuredClone(answer.json);
    return change(json, call, memory) === false ? undefined : { ...answer, json };
  },
});

/** Changes every card, of whichever call. */
export const cards = (change) => ({
  answer(answer, call, memory) {
    if (answer.json?.outcome !== 'consent') return undefined;
    const json = structuredClone(answer.json);
    return change(json, call, memory) === false ? undefined : { ...answer, json };
  },
});

/** Changes the address of a `redirect`. */
export const addresses = (change) => ({
  answer(answer, call, memory) {
    if (answer.json?.outcome !== 'redirect') return undefined;
    const address = new URL(answer.json.redirect_uri);
    return change(address, call, memory) === false ? undefined : { ...answer, json: { ...answer.json, redirect_uri: address.href } };
  },
});

/** Changes the JSON body of a call. */
export const bodies = (name, change) => ({
  request(call, memory) {
    if (call.name !== name || typeof call.json !== 'object' || call.json === null) return undefined;
    // Not `structuredClone`, which a deep body is too much for.
    const json = JSON.parse(call.body);
    return change(json, memory, call) === false ? undefined : withJson(call, json);
  },
});

/** Changes the text of a body. */
export const texts = (name, change) => ({
  request(call) {
    if (call.name !== name || call.method !== 'POST') return undefined;
    const text = change(call.body);
    if (text === undefined) return undefined;
    const body = Buffer.from(text);
    return { ...call, body, json: JSON.parse(body) };
  },
});

/** Changes the headers of calls of the API. */
export const headers = (change) => ({
  request(call) {
    if (call.name === undefined || call.method === 'OPTIONS') return undefined;
    const found = { ...call.headers };
    return change(found, call) === false ? undefined : { ...call, headers: found };
  },
});

/** Changes an answer of one call that has this status. */
export const statuses = (name, status, change) => ({
  answer(answer, call, memory, forward) {
    return call.name === name && answer.status === status ? change(answer, call, memory, forward) : undefined;
  },
});

/** Changes a token response. */
export const tokens = (change) => ({
  answer(answer, call, memory) {
    if (!call.url.endsWith('/oauth/token') || answer.status !== 200) return undefined;
    const json = structuredClone(answer.json);
    change(json, new URLSearchParams(call.body.toString()), memory);
    return { ...answer, json };
  },
});

/** Changes answers of a page, by method. */
export const pages = (method, change) => ({
  answer(answer, call, memory, forward) {
    const at = new URL(call.url, 'http://local');
    return at.pathname.endsWith('/oauth/authorize') && call.method === method ? change(answer, at.searchParams, call, memory, forward) : undefined;
  },
});

export const isSignedIn = ({ headers: { cookie = '' } }) => /countersign_login=/.test(cookie);

/** Several mutations at once, one after the other. */
export const together = (mutations) => ({
  async request(call, memory) {
    let now = call;
    for (const one of mutations) now = (await one.request?.(now, memory)) ?? now;
    return now;
  },
  async answer(answer, call, memory, forward) {
    let now = answer;
    for (const one of mutations) now = (await one.answer?.(now, call, memory, forward)) ?? now;
    return now;
  },
});
