/** The engine's interaction policy: its own checks with four changes. */
import { interactionPolicy } from 'oidc-provider';
import { isNativeAddress } from '../registration/addresses.mjs';

const { base, Check, Prompt } = interactionPolicy;

/**
 * The engine refuses `select_account` unless a prompt of that name exists (OIDC Core 3.1.2.1). This
 * prompt is the first, so that it is the reason given for a requested account chooser, with or
 * without a session.
 */
function addAccountChooser(policy) {
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
}

/** Measures `max_age` on the server's clock, which also gave the login its time. */
function useClock(policy, clock) {
  const { checks } = policy.get('login');
  const tooOld = ({ oidc }) => oidc.session.accountId !== undefined
    && Math.floor(clock() / 1000) - oidc.session.loginTs > Number(oidc.params.max_age);
  checks.remove('max_age');
  checks.add(new Check('max_age', 'the last login is older than the client accepts', 'login_required', (ctx) => {
    const { oidc } = ctx;
    if (oidc.params.max_age === undefined || oidc.result?.login) return Check.NO_NEED_TO_PROMPT;
    return oidc.session.accountId === undefined || tooOld(ctx);
  }));
}

/** A member of several organizations always chooses the one in which the client acts. */
function askForOrganization(policy, mustChoose) {
  policy.get('consent').checks.add(new Check(
    'organization_choice',
    'the user belongs to several organizations',
    'interaction_required',
    ({ oidc }) => !oidc.result?.consent && mustChoose(oidc.session.accountId),
  ), 0);
}

/**
 * A native client's address needs the user (RFC 8252 section 8.6), with the exceptions in
 * `grants.mjs`. The engine would ask at a native client's https address, too.
 */
function askAtNativeAddress(policy) {
  const { checks } = policy.get('consent');
  checks.remove('native_client_prompt');
  checks.add(new Check('native_client_prompt', 'native clients require End-User interaction', 'interaction_required', ({ oidc, state }) => (
    oidc.client.applicationType === 'native' && isNativeAddress(oidc.params.redirect_uri) && !oidc.result?.consent && !state.needsNoCard
  )), 0);
}

/** @param mustChoose whether the account with an id must choose an organization */
export function createPolicy({ clock, mustChoose }) {
  const policy = base();
  addAccountChooser(policy);
  useClock(policy, clock);
  askAtNativeAddress(policy);
  askForOrganization(policy, mustChoose);
  return policy;
}
