'use client';

import { BackendError, IdentityProvider } from 'countersign/react';

/** A backend of your own: here it speaks to the demo's server; yours may speak any language to any server. */
async function call(path, body, { signal, idempotencyKey }) {
  const answer = await fetch(`/countersign/${path}`, {
    method: 'POST',
    headers: { Accept: 'application/json;v=2', 'Content-Type': 'application/json', 'X-Countersign': '1', ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) },
    body: JSON.stringify(body),
    signal,
  });
  if (answer.ok) return answer.json();
  throw new BackendError({ status: answer.status, requestId: answer.headers.get('x-request-id') ?? undefined });
}

export function Authorize() {
  return (
    <IdentityProvider
      loginUrl="/login"
      backend={{
        start: (request, context) => call('authorize/start', request, context),
        submit: (request, context) => call('authorize/submit', request, context),
      }}
      onEvent={({ type }) => { document.documentElement.dataset.lastEvent = type; }}
    />
  );
}
