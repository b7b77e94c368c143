/** When the engine has to ask the user: its own checks, with three changes. */
import { interactionPolicy } from 'oidc-provider';

const { base, Check, Prompt } = interactionPolicy;

/**
 * `select_account` is refused unless a prompt of that name exists (OIDC Core 3.1.2.1). It comes
 * first, so that a chooser that was asked for is the reason given, with or without a session.
 */
function addAccountChooser(policy) {
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
}

/** `max_age` is measured on the server's clock, the one that stamped the login. */
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

/** Who belongs to several organizations always says for which one the client will act. */
function askForOrganization(policy, mustChoose) {
  policy.get('consent').checks.add(new Check(
    'organization_choice',
    'the user belongs to several organizations',
    'interaction_required',
    ({ oidc }) => !oidc.result?.consent && mustChoose(oidc.session.accountId),
  ), 0);
}

/** @param mustChoose tells for an account id whether an organization has to be chosen */
export function createPolicy({ clock, mustChoose }) {
  const policy = base();
  addAccountChooser(policy);
  useClock(policy, clock);
  askForOrganization(policy, mustChoose);
  return policy;
}
