import { render } from '@testing-library/react';
import { IdentityProvider } from 'countersign/react';
import { scenes, scripted } from 'countersign/testing';
import { expect, test, vi } from 'vitest';

test('whoever allows without a permission is sent back with the rest', async () => {
  const [backend, onEvent] = [scripted(scenes.permissions), vi.fn()];
  render(<IdentityProvider preview={backend} onEvent={onEvent} />);
  await backend.toggle('orders.write');
  await backend.allow();
  expect(backend.calls.at(-1)).toMatchObject({ method: 'submit', request: { decision: 'allow' } });
  expect(onEvent).toHaveBeenCalledWith({ type: 'allowed', data: { scopes: 5, left_out: 1 } });
  expect(backend.navigations).toEqual([{ url: 'https://app.photo-printer.example/callback?code=preview' }]);
});

test('whoever is not signed in goes to the login page', async () => {
  const backend = scripted({ outcome: 'login', reason: 'no_session', transaction: 'T1' });
  render(<IdentityProvider preview={backend} loginUrl="/sign-in" />);
  await backend.until('login-required');
  expect(backend.navigations[0].url).toMatch(/\/sign-in\?/);
});

test('a backend that fails says so, and the user tries again', async () => {
  const [backend, onError] = [scripted({ fault: 'server', request_id: '5f1c2a' }, scenes.consent), vi.fn()];
  render(<IdentityProvider preview={backend} onError={onError} />);
  await backend.until('failed');
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'server_error', status: 500, requestId: '5f1c2a' }));
  await backend.retry();
  await backend.until('consent');
});
