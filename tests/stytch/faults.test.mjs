// What the original does wrong, and ours does right: each shown on both, against the same stand-in.
import { read } from '../e2e/support/pages.mjs';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CLIENT, openHosts } from './support/hosts.mjs';
import { run } from './support/run.mjs';
import { profile, signed } from './support/tokens.mjs';

let hosts;
before(async () => { hosts = await openHosts(); });
after(() => hosts?.close());

const broken = { status: 500, error_type: 'internal_server_error' };
const texts = (page) => page.locator('body').innerText();

/** Runs a scenario on both pages and answers what each shows at its end. */
async function shown(scenario, realm) {
  const words = {};
  const look = async ({ page, which }) => { words[which] = await texts(page); };
  const results = {};
  for (const which of ['theirs', 'ours']) results[which] = await run(hosts, { after: look, ...scenario }, realm, which);
  return { words, results };
}

const submits = ({ record }) => record.calls.filter(({ path }) => path.endsWith('authorize/submit'));
const starts = ({ record }) => record.calls.filter(({ path }) => path.endsWith('authorize/start'));

for (const realm of ['consumer', 'b2b']) {
  describe(`in a ${realm} project`, () => {
    test('custom scopes are on the card though the project has no policy', async () => {
      const scenario = { request: { scope: 'photos.write calendar.read notes.read' }, prepare: ({ project }) => { project.withoutPolicy = true; }, theirs: 'consent', ours: 'consent' };
      const { words } = await shown(scenario, realm);
      for (const text of ['Add and delete your photos', 'See your calendar', 'notes.read']) {
        assert.ok(words.ours.includes(text), text);
        assert.ok(!words.theirs.includes(text), `the original shows ${text} by now`);
      }
    });

    test('the server’s descriptions are shown, not those of a cached policy', async () => {
      const prepare = ({ standIn }) => standIn.edit('authorize/start', ({ scope_results }) => { scope_results[0].description = 'See your photos of 2026 only'; });
      const { words } = await shown({ request: { scope: 'photos.read' }, prepare, theirs: 'consent', ours: 'consent' }, realm);
      assert.ok(words.ours.includes('See your photos of 2026 only'));
      assert.ok(!words.theirs.includes('See your photos of 2026 only'));
    });

    test('full_access is shown in words', async () => {
      const { words } = await shown({ request: { client_id: 'first-party-public', scope: 'full_access', prompt: 'consent' }, theirs: 'consent', ours: 'consent' }, realm);
      assert.ok(words.ours.includes('Act as you and do anything your account can'));
      assert.doesNotMatch(words.theirs, /full|everything|act as/i);
    });

    test('a decision that fails is said on the card with the request’s name, and can be sent again', async () => {
      let name;
      const prepare = ({ standIn }) => standIn.fail('authorize/submit', { ...broken, body: { status_code: 500, request_id: 'request-id-test-77', error_type: 'internal_server_error', error_message: '' } }, 1);
      const again = async ({ page, which }) => {
        if (which === 'theirs') {
          assert.equal(await page.getByRole('button').count(), 0, 'the original spins');
          return;
        }
        name = await page.getByRole('alert').innerText();
        await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
        await read(page);
        await page.getByRole('button', { name: 'Allow', exact: true }).click();
        await page.waitForURL((url) => url.origin === CLIENT);
      };
      const { results } = await shown({ prepare, act: 'Allow', theirs: 'spins after authorize/submit', ours: 'consent', after: again }, realm);
      assert.match(name, /You can send it again\. Reference: .*request-id-test-77/);
      assert.equal(submits(results.ours).length, 2);
    });

    test('with a trusted token nothing is asked under the session before it', async () => {
      const prepare = ({ config, project }) => Object.assign(config, { 'token-profile-id': profile, 'trusted-token': signed({ email: 'ada@example.com' })(project) });
      const { results } = await shown({ visited: true, prepare, theirs: 'consent', ours: 'consent' }, realm);
      assert.deepEqual(starts(results.ours).map(({ auth }) => auth), ['new session']);
      assert.deepEqual(starts(results.theirs).map(({ auth }) => auth), ['session', 'new session']);
    });

    test('with a trusted token no missing session is reported', async () => {
      const prepare = ({ config, project }) => Object.assign(config, { 'token-profile-id': profile, 'trusted-token': signed({ email: 'ada@example.com' })(project) });
      const { results } = await shown({ session: 'none', prepare, theirs: 'consent', ours: 'consent' }, realm);
      assert.deepEqual(results.ours.told.filter(({ name }) => name === 'countersign-error'), []);
      assert.equal(results.theirs.told.filter(({ name }) => name === 'stytch-error').length, 1);
    });

    test('who is signed in is never told that nobody is', async () => {
      const { results } = await shown({ theirs: 'consent', ours: 'consent' }, realm);
      assert.deepEqual(results.ours.told.filter(({ name }) => name === 'countersign-error'), []);
      assert.deepEqual(results.theirs.told.filter(({ name }) => name === 'stytch-error').map(({ kind }) => kind), ['NoCurrentSessionError']);
    });

    test('a cancelled logout is no success', async () => {
      const { words, results } = await shown({ logout: true, act: 'No', theirs: 'kept', ours: 'kept-signed-in' }, realm);
      assert.match(words.ours, /You’re still signed in/);
      assert.doesNotMatch(words.ours, /success/i);
      assert.match(words.theirs, /Success!/);
      assert.deepEqual(results.ours.record.cookies, { stytch_session: 'first session', stytch_session_jwt: 'first session' });
    });

    test('where nobody is signed in the login page is next, and the way back is the request', async () => {
      let address;
      const keep = ({ page, which }) => { if (which === 'ours') address = new URL(page.url()); };
      const { results } = await shown({ session: 'none', theirs: 'no session', ours: 'login', after: keep }, realm);
      assert.equal(results.theirs.record.end, 'stays');
      const back = new URL(address.searchParams.get('return_to'), address);
      assert.equal(back.pathname, '/authorize');
      assert.equal(back.searchParams.get('client_id'), 'third-party-public');
      assert.equal(address.searchParams.get('reason'), 'no_session');
    });

    test('the back button does not run the request again', async () => {
      const ends = {};
      const back = async ({ page, which }) => {
        await page.goBack({ waitUntil: 'commit' });
        ends[which] = new URL(page.url()).pathname;
      };
      const { results } = await shown({ act: 'Allow', after: back }, realm);
      assert.equal(ends.theirs, '/theirs');
      assert.equal(ends.ours, 'blank');
      assert.equal(submits(results.ours).length, 1);
    });

    test('two presses end the session once', async () => {
      const prepare = ({ standIn, which }) => {
        const release = standIn.hold('sessions/revoke');
        const first = standIn.arrived('sessions/revoke');
        (which === 'theirs' ? first.then(() => standIn.arrived('sessions/revoke')) : first).then(release);
      };
      const { results } = await shown({ logout: true, act: 'double Yes', prepare }, realm);
      const revokes = ({ record }) => record.calls.filter(({ path }) => path.endsWith('sessions/revoke')).length;
      assert.deepEqual([revokes(results.ours), revokes(results.theirs)], [1, 2]);
    });

    test('two presses on Allow send one decision', async () => {
      const { results } = await shown({ act: 'double Allow' }, realm);
      assert.equal(submits(results.ours).length, 1);
    });
  });
}
