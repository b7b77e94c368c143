/** What the demo's site says about its scopes and clients. A real host has its own texts, in its languages. */
import texts from '../../authorization-server/fixtures/texts/en.json' with { type: 'json' };

const GROUPS = { openid: 'account', profile: 'account', email: 'account', offline_access: 'account', 'photos.read': 'photos', 'photos.write': 'photos' };

/** The scopes that the engines offer. */
export const SCOPES = [...Object.keys(GROUPS), 'calendar.read', 'contacts.read'];

/** `Describe` of the kit. */
export const describe = {
  site_name: 'Harbor',
  client: ({ client_id: id }) => (Object.hasOwn(texts.clients, id)
    ? { party: id.startsWith('first-party') ? 'first' : 'third', verified: !id.endsWith('unverified'), registration: 'managed', description: texts.clients[id] }
    : {}),
  scope: ({ scope }) => (Object.hasOwn(texts.scopes, scope)
    ? { ...texts.scopes[scope], group: texts.groups[GROUPS[scope] ?? 'organizer'], required: scope === 'openid', sensitive: scope === 'photos.write' }
    : null),
};
