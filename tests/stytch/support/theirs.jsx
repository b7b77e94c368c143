// The page of the original: Stytch's own component, configured by the same attributes as ours.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createStytchClient, IdentityProvider, StytchProvider } from '@stytch/react';
import { B2BIdentityProvider, createStytchB2BClient, StytchB2BProvider } from '@stytch/react/b2b';

const main = document.getElementById('countersign');
const said = main.dataset;
const b2b = said.realm === 'b2b';

const cookieOptions = {
  opaqueTokenCookieName: said.sessionCookie,
  jwtCookieName: said.jwtCookie,
  path: said.cookiePath,
  domain: said.cookieDomain,
  availableToSubdomains: said.cookieSubdomains !== undefined,
};
const options = { cookieOptions, ...(said.baseUrl ? { customBaseUrl: said.baseUrl } : {}) };
const client = (b2b ? createStytchB2BClient : createStytchClient)(said.publicToken, options);

const tell = (name, detail) => main.dispatchEvent(new CustomEvent(name, { detail }));
const callbacks = {
  onEvent: ({ type }) => tell('stytch-event', { type }),
  onError: (error) => tell('stytch-error', { kind: error.name, error: error.error_type ?? '' }),
};
const root = createRoot(main);

function render(trustedAuthToken) {
  const token = said.tokenProfileId ? { trustedAuthToken, tokenProfileID: said.tokenProfileId } : undefined;
  const face = b2b
    ? createElement(B2BIdentityProvider, { callbacks, trustedAuthTokenParams: token })
    : createElement(IdentityProvider, { callbacks, authTokenParams: token });
  root.render(createElement(b2b ? StytchB2BProvider : StytchProvider, { stytch: client }, face));
}

render(said.trustedToken || undefined);
main.addEventListener('trusted-token', ({ detail }) => render(detail));
