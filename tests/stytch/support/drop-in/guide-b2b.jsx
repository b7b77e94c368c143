// The same for organizations.
import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { createStytchB2BClient, StytchB2BProvider, StytchEventType, useStytchMember } from '@stytch/react/b2b';
import { B2BIdentityProvider } from '@stytch/react/b2b';

const stytch = createStytchB2BClient(window.setup.publicToken, { customBaseUrl: 'localhost' });

const names = {
  [StytchEventType.OAuthAuthorizeFlowStart]: 'start',
  [StytchEventType.OAuthAuthorizeFlowComplete]: 'complete',
  [StytchEventType.OAuthAuthorizeFlowConsentDenied]: 'denied',
};
const callbacks = { onEvent: ({ type, data }) => window.told([names[type], data]), onError: ({ name }) => window.told(['error', { name }]) };

function Authorize() {
  const { member } = useStytchMember();
  if (!member) {
    window.location.href = `/login?returnTo=${window.location.toString()}`;
    return null;
  }
  return <B2BIdentityProvider callbacks={callbacks} />;
}

function Login() {
  const person = { organization_id: 'organization-test-acme', email_address: 'ada@example.com', password: 'demo' };
  const signIn = () => stytch.passwords.authenticate({ ...person, session_duration_minutes: 60 }).then(() => window.told(['signed in']));
  return <button type="button" onClick={signIn}>Sign in</button>;
}

const page = window.location.pathname === '/login' ? <Login /> : <Authorize />;
createRoot(document.getElementById('root')).render(<StrictMode><StytchB2BProvider stytch={stytch}>{page}</StytchB2BProvider></StrictMode>);
