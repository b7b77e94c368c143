/** The server's side of the talk with the engine: questions, results, and what an ending means for the page. */
import { callEngine } from '../engine/call.mjs';
import { engineSession, keepSession } from '../engine/session.mjs';

class LoginEnded extends Error {}

/** Calls that move a login's engine session never overlap: its id changes with every one. */
export function withLogin(site, login, work) {
  if (login === undefined) return work();
  return site.exclusively(`login ${login.lock}`, () => {
    if (site.logins.find(login.id) !== login) throw new LoginEnded('the login ended while its turn had not come');
    return work();
  });
}

/** Work that reads the visitor's login: done again, once, where it ended in between. */
export async function withLiveLogin(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LoginEnded) return work();
    throw error;
  }
}

/** A raw query, put to the engine for the first time. */
export function ask(site, realm, query, login) {
  return withLogin(site, login, async () => {
    const session = login && await engineSession(realm, login);
    const answer = await callEngine(realm, { path: '/oauth/authorize', query, login, cookies: { _session: session?.id } });
    keepSession(realm, login, answer.session);
    return answer;
  });
}

/**
 * Completes what the engine waits for. It gets the session of the login as it is now: where the
 * interaction was begun under another one, or under none, that is forgotten first. Resumed with
 * two accounts, the engine would sign the first one out and destroy its grant.
 */
export function resume(site, realm, interaction, login, result) {
  return withLogin(site, login, async () => {
    const session = login && await engineSession(realm, login);
    if (interaction.session !== undefined && interaction.session.uid !== session?.uid) delete interaction.session;
    interaction.result = result;
    await interaction.persist();
    const { uid } = interaction;
    const cookies = { _session: session?.id, _interaction_resume: uid };
    const answer = await callEngine(realm, { path: `/oauth/authorize/${uid}`, login, cookies });
    keepSession(realm, login, answer.session);
    return answer;
  });
}

/** A result for the engine: what it already has, with its login always that of the account now signed in. */
export function resultFor(interaction, login, more = {}) {
  const result = { ...interaction.lastSubmission, ...more };
  if (login !== undefined && result.login !== undefined) result.login = { accountId: login.account.sub, ts: login.at };
  return result;
}

/** An error that is shown and not redirected. */
export function failure({ error, description }) {
  return { outcome: 'error', error, ...(description ? { error_description: description.slice(0, 2048) } : {}) };
}

/** An engine answer that ends the flow, as the page gets it. */
export function ending(site, realm, answer, visitor) {
  if (answer.kind === 'error') {
    return failure(answer);
  }
  if (answer.kind === 'redirect') {
    return { outcome: 'redirect', redirect_uri: answer.location, ...(answer.native ? { native: true } : {}) };
  }
  const { action, fields, silent } = answer;
  // A silent answer may be for a frame. On another site no cookie came with it and none would come
  // back, so that it is bound to nobody; without a session it can only be an error.
  const browser = silent && !visitor.recognized ? undefined : visitor.browser;
  const id = site.finish.put({ action, fields, framed: silent }, browser);
  return { outcome: 'redirect', redirect_uri: `${site.origin}${realm.prefix}/oauth/finish/${id}`, intermediate: true };
}
