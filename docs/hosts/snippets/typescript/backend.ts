import { BackendError, type Backend, type CallContext, type Outcome } from 'countersign';

async function call(path: string, body: object, { signal, idempotencyKey }: CallContext): Promise<Outcome> {
  const headers = { Accept: 'application/json;v=2', 'Content-Type': 'application/json', 'X-Countersign': '1', ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) };
  const answer = await fetch(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal });
  if (answer.ok) return answer.json();
  throw new BackendError({ status: answer.status });
}

export const backend: Backend = {
  start: (request, context) => call('authorize/start', request, context),
  submit: (request, context) => call('authorize/submit', request, context),
};
