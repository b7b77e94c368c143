/** For each check of the profiles narrowing, remember, b2b and details, a fault of a server that it, and no other of its profile, must find. */
import { START, SUBMIT, addresses, answering, asked, bodies, cards, changing, fault, statuses, tokens, withCode } from './tools.mjs';

const more = changing(START, 'consent', (answer) => { answer.more = true; });
const OPTIONAL = 'email';
const isAllow = ({ json }) => json.decision === 'allow';
const cardOf = (memory, { transaction }) => memory.of(transaction).card;

/** Adds a scope of the card to an allow, as a server does that grants more than was chosen. */
const adding = (which) => bodies(SUBMIT, (body, memory) => {
  const card = cardOf(memory, body);
  const wanted = body.decision === 'allow' && card ? which(card, body) : [];
  for (const { scope, resource } of wanted) {
    if (!body.scopes.some((one) => one.scope === scope)) body.scopes.push({ scope, ...(resource ? { resource } : {}) });
  }
});

export const narrowing = {
  'narrowing.offered': cards((card) => (card.client.client_id === 'third-party-public' ? void (card.can_narrow = false) : false)),
  'narrowing.token': tokens((answer) => { answer.scope += ` ${OPTIONAL}`; }),
  'narrowing.order': statuses(SUBMIT, 200, (answer, { json: { scopes } }) => (new Set(scopes.map(({ scope }) => scope)).size < scopes.length ? fault(answer, 400, 'malformed_call') : undefined)),
  'narrowing.implied': adding(({ scopes }, body) => {
    const implied = scopes.filter(({ scope }) => body.scopes.some((one) => one.scope === scope)).flatMap(({ implies = [] }) => implies);
    return scopes.filter(({ scope }) => implied.includes(scope));
  }),
  'narrowing.all-or-nothing': adding(({ can_narrow: narrows, scopes }) => (narrows ? [] : scopes)),
  'narrowing.signed-out': statuses(SUBMIT, 200, (answer, call, memory) => (answer.json.outcome === 'login' ? withCode(answer, asked(call, memory)) : undefined)),
  'narrowing.kept': cards(({ scopes }) => { for (const row of scopes) delete row.unticked; }),
  'narrowing.forgotten': cards(({ account, scopes }) => { if (account.sub === 'account-grace') scopes.at(-1).unticked = true; }),
  'narrowing.answers': more,
};

const isQuiet = (call) => call.json.query !== undefined && !asked(call).has('prompt');

/** A start without `prompt=consent` by a client that an earlier decision fits is answered with a code. */
const remembering = (fits) => statuses(START, 200, (answer, call, memory) => {
  if (!isQuiet(call) || answer.json.outcome !== 'consent') return undefined;
  const id = asked(call).get('client_id');
  const before = [...memory.transactions.values()].find(({ query, answer: ended }) => ended && new URLSearchParams(query).get('client_id') === id);
  return before && fits(before, answer.json) ? withCode(answer, asked(call)) : undefined;
});

export const remember = {
  'remember.said': cards((card) => (card.client.client_id === 'third-party-public' ? void (card.remember = typeof card.remember === 'boolean' ? false : 'never') : false)),
  'remember.kept': bodies(SUBMIT, (body) => { delete body.remember; }),
  'remember.not-chosen': bodies(SUBMIT, (body) => (body.decision === 'allow' ? void (body.remember = true) : false)),
  'remember.more': bodies(START, (body, memory, call) => (call.json.query && !/prompt=/.test(body.query) ? void (body.query = body.query.replace(/\+email/, '')) : false)),
  'remember.denied': remembering(({ decision }) => decision === 'deny'),
  'remember.account': remembering(({ remember: chosen }, { account }) => chosen && account.sub === 'account-grace'),
  'remember.answers': more,
};

const NOBODY = 'countersign-check-of-nobody';
const chosenOf = ({ json }) => json.organization_id;

export const b2b = {
  'b2b.organizations': cards((card) => { card.organizations = card.organizations.slice(1); }),
  'b2b.choice': changing(START, 'consent', (card, call) => (chosenOf(call) === 'globex' ? void ([card.organization] = card.organizations) : false)),
  'b2b.version': changing(START, 'consent', (card, call, memory) => {
    const one = memory.of(card.transaction);
    one.version ??= card.version;
    return chosenOf(call) === 'globex' ? void (card.version = one.version) : false;
  }),
  'b2b.stale': statuses(SUBMIT, 200, (answer, call, memory) => (isAllow(call) && answer.json.outcome === 'consent' ? withCode(answer, asked(call, memory)) : undefined)),
  'b2b.foreign': statuses(START, 400, (answer, call, memory) => (
    chosenOf(call) === NOBODY ? answering(answer, 200, { ...cardOf(memory, call.json), organization: { organization_id: NOBODY, name: 'Nobody', status: 'allowed' } }) : undefined
  )),
  'b2b.blocked': statuses(SUBMIT, 400, (answer, call, memory) => (isAllow(call) ? withCode(answer, asked(call, memory)) : undefined)),
  'b2b.blocked-deny': statuses(SUBMIT, 200, (answer, call, memory) => (
    call.json.decision === 'deny' && cardOf(memory, call.json).organization.status === 'blocked' ? fault(answer, 400, 'malformed_call') : undefined
  )),
  'b2b.approval': changing(SUBMIT, 'consent', (card, call) => (call.json.decision === 'request_approval' ? void (card.organization.approval = 'offered') : false)),
  'b2b.approval-open': statuses(SUBMIT, 200, (answer, call, memory) => {
    const one = memory.of(call.json.transaction);
    if (call.json.decision === 'request_approval') one.ended = true;
    else if (one.ended) return fault(answer, 409, 'already_answered');
    return undefined;
  }),
  'b2b.approval-not-offered': statuses(SUBMIT, 400, (answer, call, memory) => (call.json.decision === 'request_approval' ? answering(answer, 200, cardOf(memory, call.json)) : undefined)),
  'b2b.answers': more,
};

const order = (details) => JSON.stringify(details?.map((one) => Object.keys(one)));
/** The card shows a member more, which is taken out of a decision again. */
const embellished = {
  ...cards((card) => { for (const one of card.authorization_details) one.added = 'yes'; }),
  ...bodies(SUBMIT, ({ authorization_details: details = [] }) => { for (const one of details) delete one.added; }),
};

export const details = {
  'details.shown': embellished,
  'details.changed': bodies(SUBMIT, (body, memory) => (body.authorization_details ? void (body.authorization_details = cardOf(memory, body).authorization_details) : false)),
  'details.left-out': bodies(SUBMIT, (body, memory) => { body.authorization_details ??= cardOf(memory, body).authorization_details; }),
  'details.turned': statuses(SUBMIT, 200, (answer, call, memory) => (
    order(call.json.authorization_details) === order(cardOf(memory, call.json).authorization_details) ? undefined : fault(answer, 400, 'malformed_call')
  )),
  'details.granted': tokens((answer) => { answer.authorization_details = answer.authorization_details.slice(1); }),
  'details.unknown-type': addresses((address) => {
    if (!address.searchParams.has('error')) return false;
    address.searchParams.delete('error');
    return address.searchParams.set('code', 'made-up');
  }),
  'details.answers': more,
};

