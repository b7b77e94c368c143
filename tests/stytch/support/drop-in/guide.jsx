// The authorization page as Stytch's guide has it: a gate in front of the component. The test swaps the line that imports the component.
import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { createStytchClient, StytchEventType, StytchProvider, useStytchUser } from '@stytch/react';
import { IdentityProvider } from '@stytch/react';

const stytch = createStytchClient(window.setup.publicToken, { customBaseUrl: 'localhost' });

/** A team's own analytics, by Stytch's names. */
const callbacks = {
  onEvent: ({ type, data }) => {
    if (type === StytchEventType.OAuthAuthorizeFlowStart) window.told(['start', data]);
    if (type === StytchEventType.OAuthAuthorizeFlowComplete) window.told(['complete', data]);
    if (type === StytchEventType.OAuthAuthorizeFlowConsentDenied) window.told(['denied', data]);
  },
  onError: ({ name, error_type, status_code, error_message, error_url, constructor }) => window.told(['error', { name, error_type, status_code, error_message, error_url, constructor: constructor.name }]),
};

function Authorize() {
  const { user } = useStytchUser();
  if (!user) {
    window.location.href = `/login?returnTo=${window.location.toString()}`;
    return null;
  }
  return <IdentityProvider callbacks={callbacks} />;
}

function Login() {
  const signIn = () => stytch.passwords.authenticate({ email: 'ada@example.com', password: 'demo', session_duration_minutes: 60 }).then(() => window.told(['signed in']));
  return <button type="button" onClick={signIn}>Sign in</button>;
}

const page = window.location.pathname === '/login' ? <Login /> : <Authorize />;
createRoot(document.getElementById('root')).render(<StrictMode><StytchProvider stytch={stytch}>{page}</StytchProvider></StrictMode>);
