// The page as docs/from-stytch.md has it with the provider kept: no gate, and a login page with Stytch's SDK.
import { createRoot } from 'react-dom/client';
import { useState } from 'react';
import { createStytchClient, StytchProvider } from '@stytch/react';
import { createStytchB2BClient } from '@stytch/react/b2b';
import { IdentityProvider } from 'countersign/react/stytch';
import { IdentityProvider as Standalone } from 'countersign/react/stytch/standalone';

const { setup, told } = window;
const { publicToken } = setup;
const stytch = createStytchClient(publicToken, { customBaseUrl: 'localhost' });
Object.assign(window, { stytch });

/** Clients that a page may give the component. */
const clients = {
  instance: () => stytch,
  options: () => ({ publicToken, customBaseUrl: 'localhost' }),
  // As docs/from-stytch.md says where port 443 is not to be had.
  'client at its port': () => createStytchClient(publicToken, { endpoints: { testAPIURL: setup.api } }),
  'another kind': () => createStytchB2BClient(setup.b2bToken, { customBaseUrl: 'localhost' }),
  unreadable: () => ({ idp: {}, session: {} }),
};
const given = setup.client && clients[setup.client]();

const callbacks = {
  onEvent: ({ type }) => told([type]),
  onError: ({ name, cause }) => told([name, cause.code, cause.cause?.problem]),
};

const Provider = setup.standalone ? Standalone : IdentityProvider;
const consent = () => (
  <Provider loginUrl="/login" returnToParam="returnTo" callbacks={callbacks} onEvent={({ type }) => told([`own ${type}`])} stytch={given} {...setup.props} />
);

function Login() {
  const signIn = async () => {
    await stytch.passwords.authenticate({ email: 'ada@example.com', password: 'demo', session_duration_minutes: 60 });
    window.location.assign(new URLSearchParams(window.location.search).get('returnTo'));
  };
  return <button type="button" onClick={signIn}>Sign in</button>;
}

function App() {
  const [opened, setOpened] = useState(!setup.later);
  if (window.location.pathname === '/login') return <Login />;
  return opened ? consent() : <button type="button" onClick={() => setOpened(true)}>Open</button>;
}

const app = <App />;
createRoot(document.getElementById('root')).render(setup.withoutProvider ? app : <StytchProvider stytch={stytch}>{app}</StytchProvider>);
