/**
 * What a card says that no engine knows, as the kit asks for it (`Describe`): clients, scopes, APIs,
 * organizations.
 */
import { refusalsIn } from '../engine/grants.mjs';
import { findAccount, organizationsOf, publicOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, findScope } from '../fixtures/scopes.mjs';
import { SITE_NAME } from '../fixtures/site.mjs';
import { textsIn } from '../fixtures/texts.mjs';
import { languageFor } from '../../../server/node/src/language.ts';
import { registrableDomain } from '../../../server/node/src/domains.ts';

const textsFor = ({ languages }) => textsIn(languageFor(languages).lang);

function describeScope({ scope }, context) {
  const { implies, required, sensitive, group, ...known } = findScope(scope) ?? {};
  const texts = textsFor(context);
  const refusal = refusalsIn(context.organization?.organization_id)({ scope });
  return {
    ...(known.scope === undefined ? {} : texts.scopes[scope]),
    group: texts.groups[group],
    implies,
    required,
    sensitive,
    grantable: refusal === undefined,
    reason: texts.reasons[refusal],
  };
}

/** The state of the approval of a client in an organization that requires one. */
const approvalOf = ({ approvals }, { organization_id: id }, { client_id: client }) =>
  (approvals.requestedBy(id, client).length > 0 ? 'requested' : 'offered');

/** @param realms `consumer` and `b2b` */
export function createDescribe({ b2b }) {
  return {
    site_name: SITE_NAME,
    // The address alone decides whether a client is native (RFC 8252).
    client: ({ client_id: id }) => {
      const { party, verified, registration, shown } = trustOf(id);
      return { party, verified, registration, native: false, ...shown };
    },
    scope: describeScope,
    resource: (resource, context) => textsFor(context).resources[findResource(resource)?.name],
    organizations: ({ sub }, client) => organizationsOf(findAccount(sub)).map((one) => publicOrganization(one, approvalOf(b2b, one, client))),
    request_approval: ({ sub }, { client_id: client }, { organization_id: id }) => b2b.approvals.request(id, client, sub),
    registrable_domain: registrableDomain,
  };
}
