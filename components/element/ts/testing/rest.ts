/** What a backend would answer beyond its list, by the card that was shown last. */

import type { ConsentOutcome } from '../api.js';
import type { Answer } from './answers.js';
import { redirectOf } from './scenes.js';
import type { ScriptedCall } from './play.js';

function toDecision(decision: string, card: ConsentOutcome): Answer {
  if (decision === 'request_approval') return { ...card, ...(card.organization && { organization: { ...card.organization, approval: 'requested' } }) };
  return redirectOf(card, decision === 'allow' ? 'code=preview' : 'error=access_denied');
}

/** Nothing, where only the test can know. */
export function restOf(call: ScriptedCall, card: ConsentOutcome | undefined): Answer | undefined {
  if (call.method === 'logoutSubmit') return { outcome: call.request.decision === 'sign_out' ? 'signed_out' : 'stayed' };
  if (!card) return undefined;
  if (call.method === 'submit') return toDecision(call.request.decision, card);
  if (call.method === 'logoutStart') return undefined;
  const id = 'organization_id' in call.request && call.request.organization_id;
  const organization = card.organizations.find((it) => it.organization_id === id);
  return organization ? { ...card, organization } : card;
}
