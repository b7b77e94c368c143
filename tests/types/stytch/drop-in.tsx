import {
  createStytchClient, defaultDarkTheme, defaultTheme, IdentityProvider as Theirs, shadcnTheme, StytchAPIError, StytchEventType, StytchProvider, useStytch,
  type Callbacks, type IDPConsentManifestGenerator, type IdentityProviderProps as TheirProps, type Strings,
} from '@stytch/react';
import {
  createStytchB2BClient, StytchB2BProvider, useStytchB2BClient, type B2BIdentityProviderProps as TheirB2BProps,
} from '@stytch/react/b2b';
import { B2BIdentityProvider, IdentityProvider, StytchClientError, type B2BIdentityProviderProps, type IdentityProviderProps } from 'countersign/react/stytch';

const client = createStytchClient('public-token-test', { customBaseUrl: 'login.example' });
const b2b = createStytchB2BClient('public-token-test');

const callbacks: Callbacks = {
  onEvent: (event) => {
    if (event.type === StytchEventType.OAuthAuthorizeFlowStart) event.data.client_id.length;
  },
  onError: (error) => (error instanceof StytchAPIError ? error.error_type.length : error.message.length),
};
const manifest: IDPConsentManifestGenerator = ({ scopes, clientName }) => [{ header: clientName, items: scopes }];
const strings: Strings = { 'idpConsent.button.allow': 'Yes' };

/** A team's own wrapper, which had Stytch's component in it. */
export const Page = (props: TheirProps) => <IdentityProvider {...props} />;
export const B2BPage = (props: TheirB2BProps) => <B2BIdentityProvider {...props} />;
/** And in the place of the component itself. */
export const swapped: typeof Theirs = IdentityProvider as typeof Theirs;

function Instance() {
  return <IdentityProvider stytch={useStytch()} />;
}
function B2BInstance() {
  return <B2BIdentityProvider stytch={useStytchB2BClient()} stytchOptions={{ verifiedClients: ['one'] }} />;
}

export const good = [
  <StytchProvider stytch={client}><IdentityProvider /></StytchProvider>,
  <StytchB2BProvider stytch={b2b}><B2BIdentityProvider /></StytchB2BProvider>,
  <IdentityProvider
    callbacks={callbacks}
    strings={strings}
    getIDPConsentManifest={manifest}
    presentation={{ theme: [defaultTheme, defaultDarkTheme], options: { logo: { url: '/logo.svg', alt: '' }, hideHeaderText: true, enableShadowDOM: true } }}
    authTokenParams={{ trustedAuthToken: 'jwt', tokenProfileID: 'profile' }}
    loginUrl="/login"
    returnToParam="returnTo"
    onEvent={({ type }) => type === 'consent_shown'}
    onError={({ code, cause }) => (cause instanceof StytchClientError ? cause.problem === 'provider_missing' : code === 'setting_invalid')}
    siteName="Harbor"
  />,
  <IdentityProvider presentation={{ theme: shadcnTheme }} callbacks={{ onEvent: ({ type }) => type.length }} />,
  <B2BIdentityProvider trustedAuthTokenParams={{ trustedAuthToken: 'jwt', tokenProfileID: 'profile' }} getIDPConsentManifest={() => ['All of it']} />,
  <IdentityProvider stytch={client} />,
  <IdentityProvider stytch={{ publicToken: 'public-token-test', customBaseUrl: 'login.example' }} />,
  <IdentityProvider stytch="public-token-test" />,
  <B2BIdentityProvider stytch={b2b} />,
  <Instance />,
  <B2BInstance />,
];

export const bad = [
  // @ts-expect-error an event of Stytch's is named by its enum
  <IdentityProvider callbacks={{ onEvent: ({ type }) => type === 'started' }} />,
  // @ts-expect-error no client
  <IdentityProvider stytch={{}} />,
  // @ts-expect-error Stytch's name in the other component
  <B2BIdentityProvider authTokenParams={{ trustedAuthToken: 'jwt', tokenProfileID: 'profile' }} />,
  // @ts-expect-error no such theme value
  <IdentityProvider presentation={{ theme: { primry: 'black' } }} />,
  // @ts-expect-error this entry is for Stytch
  <IdentityProvider apiBase="/countersign" />,
];

export const props: [IdentityProviderProps, B2BIdentityProviderProps] = [{ strings: {}, messages: {} }, { stytchOptions: { pictureOrigins: [] } }];
