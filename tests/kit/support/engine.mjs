// An engine that does what a test says, and notes every call. By default it asks for three scopes and gives a code for each allow.
import { signOutBy } from '../../../server/node/src/logout.ts';

const CLIENT = { client_id: 'app', client_name: 'The App', client_uri: 'https://app.example/', 'client_name#de': 'Die App' };
export const CALLBACK = 'https://app.example/cb';

/** What `open` answers by default. */
export const asked = (more = {}) => ({
  kind: 'ask', client: CLIENT, scopes: [{ scope: 'openid' }, { scope: 'read' }, { scope: 'write' }], redirect_uri: CALLBACK, resume: { ticket: 't1' }, ...more,
});

/**
 * @param script what replaces the defaults: `open`, `allow`, `deny`, `logout`, `narrows`, `remembers`, `origins`. Each may be
 *   replaced during a test, as `engine.script.open = …`.
 */
export function createEngine(script = {}) {
  const calls = [];
  let codes = 0;
  const note = (name, work) => async (...args) => {
    calls.push({ name, args });
    return work(...args);
  };
  const engine = {
    name: 'scripted',
    narrows: true,
    remembers: 'choice',
    origins: [],
    ...script,
    script,
    calls,
    named: (name) => calls.filter((call) => call.name === name),
    open: note('open', async (query, context) => script.open?.(query, context) ?? asked()),
    allow: note('allow', async (resume, grant, context) => script.allow?.(resume, grant, context) ?? { to: `${CALLBACK}?code=${codes += 1}` }),
    deny: note('deny', async (resume, context) => script.deny?.(resume, context) ?? { to: `${CALLBACK}?error=access_denied` }),
  };
  if (script.logout) {
    engine.logout = signOutBy({
      open: note('logout.open', (query, context) => script.logout.open(query, context)),
      signOut: note('logout.signOut', (resume, context) => script.logout.signOut(resume, context)),
    });
  }
  return engine;
}
