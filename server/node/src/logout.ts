/**
 * `countersign/server/logout`: the calls `logout/start` and `logout/submit`, for engines that sign out. Those of adapters that do not
 * bring it are not in a bundle.
 */
import { refused, leave } from './authorize.ts';
import type { LogoutStartCall, LogoutSubmitCall } from './calls.ts';
import { publicAccount } from './card.ts';
import { cut, describeClient } from './client.ts';
import { decideOnce, readDecision, type Outcome } from './decisions.ts';
import type { CallContext, LogoutEnding, LogoutOpened } from './engine.ts';
import { askEngine, type Call, type Kit } from './kit.ts';
import type { Json, Realm } from './model.ts';
import { Fault, gone, malformed } from './problems.ts';
import { create, load, save } from './transactions.ts';

/** How an engine signs out. */
export interface SignOut {
  open(query: string, context: CallContext): Promise<LogoutOpened>;
  signOut(resume: Json, context: CallContext): Promise<LogoutEnding>;
}

/** The calls of the page, over an engine's sign-out. */
export interface SignOutCalls {
  start(kit: Kit, call: Call, body: LogoutStartCall): Promise<Outcome>;
  submit(kit: Kit, call: Call, body: LogoutSubmitCall): Promise<Outcome>;
}

const endingOf = (kit: Kit, ending: LogoutEnding): Outcome => (ending.kind === 'signed_out' ? { outcome: 'signed_out' } : leave(kit, undefined, ending));

const signOut = async (engine: SignOut, kit: Kit, call: Call, realm: Realm, resume: Json): Promise<Outcome> =>
  endingOf(kit, await askEngine(kit, call, { realm }, (context) => engine.signOut(resume, context)));

/** The query of a request, also of one that came by POST and is named by `logout`. If that one is gone, nothing is known of it. */
async function requestOf(kit: Kit, call: Call, realm: Realm, query: string): Promise<string> {
  const parameters = new URLSearchParams(query);
  const id = parameters.has('client_id') ? null : parameters.get('logout');
  if (id === null) return query;
  try {
    return (await load(kit, call, id, realm)).state.logoutQuery ?? '';
  } catch (error) {
    if (error instanceof Fault && error.status === 410) return '';
    throw error;
  }
}

async function startLogout(engine: SignOut, kit: Kit, call: Call, { realm, query: named }: LogoutStartCall): Promise<Outcome> {
  const query = await requestOf(kit, call, realm, named);
  const opened = await askEngine(kit, call, { realm }, (context) => engine.open(query, context));
  if (opened.kind === 'refused') return refused(opened);
  if (opened.kind !== 'ask') return endingOf(kit, opened);
  const { account } = call;
  if (account === null) return signOut(engine, kit, call, realm, opened.resume);
  const transaction = create(kit, call, { realm, logout: { resume: opened.resume, sub: account.sub }, expires: opened.expires_at });
  await save(kit, call, transaction);
  return {
    outcome: 'confirm',
    logout: transaction.id,
    site_name: cut(kit.describe.site_name, 1000),
    account: publicAccount(account),
    client: opened.client && await describeClient(kit.describe, opened.client, realm),
    expires_at: transaction.state.expires,
  };
}

/** "Stay" never reaches the engine. If another account has signed in meanwhile, the request is over. */
async function submitLogout(engine: SignOut, kit: Kit, call: Call, body: LogoutSubmitCall): Promise<Outcome> {
  const transaction = await load(kit, call, body.logout);
  const { logout, realm } = transaction.state;
  if (logout === undefined) throw malformed('/logout is no request to sign out.');
  const decision = await readDecision(body.decision, body.decision, body);
  return decideOnce(kit, transaction, decision, undefined, async () => {
    if (body.decision === 'stay') return { outcome: 'stayed' };
    if (call.account !== null && call.account.sub !== logout.sub) throw gone();
    return signOut(engine, kit, call, realm, logout.resume);
  });
}

/** `Engine.logout`, of what the engine does: `logout: signOutBy({ open, signOut })`. */
export const signOutBy = (engine: SignOut): SignOutCalls => ({
  start: (kit, call, body) => startLogout(engine, kit, call, body),
  submit: (kit, call, body) => submitLogout(engine, kit, call, body),
});
