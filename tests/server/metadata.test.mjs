/** The metadata: whatever they publish works, and what they do not publish is refused or not heeded. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { calculateJwkThumbprint, CompactSign, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { languageFor } from '../../server/node/src/language.ts';
import { formOf } from './answers.mjs';
import { ADA, Browser, Client, GRACE, card, connect, errorOf, startServer } from './harness.mjs';

const REALMS = { consumer: '', b2b: '/b2b' };
const EMAIL = { consumer: ADA, b2b: GRACE };
/** That of the request that was made last: a client makes a new one for each. */
let verifier = randomBytes(32).toString('base64url');
const APP = 'https://app.example/callback';
const form = (fields, headers = {}) => ({ method: 'POST', headers, body: new URLSearchParams(fields) });

/** An unmodified exchange of a code, with the algorithms of the metadata as they are. */
async function exchange(origin, prefix, client, address) {
  const code = new URL(address).searchParams.get('code');
  const { client_id: id, client_secret: secret } = client;
  const response = await fetch(`${origin}${prefix}/oauth/token`, form({ grant_type: 'authorization_code', code, redirect_uri: APP, code_verifier: verifier, client_id: id, ...(secret ? { client_secret: secret } : {}) }));
  return response.json();
}

function challenge() {
  verifier = randomBytes(32).toString('base64url');
  return { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' };
}

for (const [realm, prefix] of Object.entries(REALMS)) {
  test(`the metadata of ${realm}`, async (t) => {
    const { origin } = await startServer(t);
    const issuer = origin + prefix;
    const known = `${issuer}/.well-known/openid-configuration`;
    const published = await (await fetch(known)).json();
    const register = async (metadata) => {
      const body = { redirect_uris: [APP], token_endpoint_auth_method: 'none', ...metadata };
      const response = await fetch(published.registration_endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      return { status: response.status, answer: await response.json() };
    };
    const registered = async (metadata) => {
      const { status, answer } = await register(metadata);
      assert.equal(status, 201, JSON.stringify([metadata, answer]));
      return answer;
    };
    const query = (client, more = {}) => new URLSearchParams({ client_id: client.client_id, redirect_uri: APP, response_type: 'code', scope: 'openid', state: 's', ...challenge(), ...more }).toString();
    const signedIn = async () => { const browser = new Browser(origin); await browser.login(EMAIL[realm]); return browser; };
    const allowed = async (client, more) => {
      const browser = await signedIn();
      const { answer } = await browser.allow(await browser.start(realm, query(client, more)));
      return answer.redirect_uri;
    };
    const plain = await registered({});

    await t.test('are the same in each document', async () => {
      const others = prefix === '' ? ['/.well-known/oauth-authorization-server'] : ['/b2b/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server/b2b', '/.well-known/openid-configuration/b2b'];
      for (const path of others) assert.deepEqual(await (await fetch(origin + path)).json(), published, path);
      assert.equal(published.issuer, issuer);
    });

    await t.test('have a language for each page, and no other', () => {
      const files = readdirSync(new URL('../../messages', import.meta.url)).filter((name) => name.endsWith('.json'));
      assert.deepEqual(published.ui_locales_supported, files.map((name) => name.replace('.json', '')).sort());
      assert.equal(published.ui_locales_supported.length, 14);
      for (const language of published.ui_locales_supported) assert.equal(languageFor([language]).lang, language);
      assert.equal(languageFor(['sv']).lang, 'en');
    });

    await t.test('have the kinds of a window that the page knows', () => {
      assert.deepEqual(published.display_values_supported, ['page', 'popup']);
    });

    await t.test('have every scope that is on a card, and no other is', async () => {
      const client = await registered({ grant_types: ['authorization_code', 'refresh_token'] });
      const shown = await (await signedIn()).start(realm, query(client, { scope: [...published.scopes_supported, 'no.such'].join(' '), prompt: 'consent' }));
      assert.deepEqual(shown.scopes.map(({ scope }) => scope), published.scopes_supported);
      assert.equal(published.scopes_supported.includes('members.read'), realm === 'b2b');
    });

    await t.test('have every claim that a client gets, and no other', async () => {
      const client = await registered({});
      const tokens = await exchange(origin, prefix, client, await allowed(client, { scope: 'openid profile email', acr_values: published.acr_values_supported[0], max_age: '1000' }));
      const claims = decodeJwt(tokens.id_token);
      const userinfo = await (await fetch(published.userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })).json();
      const ofToken = ['aud', 'exp', 'iat', 'at_hash', 'nonce'];
      const got = Object.keys({ ...claims, ...userinfo }).filter((claim) => !ofToken.includes(claim));
      assert.deepEqual(got.sort(), [...published.claims_supported].sort());
      assert.equal(published.claims_parameter_supported, false);
    });

    await t.test('have the way in which people sign in, which the ID token names if it is asked for', async () => {
      const [acr, ...more] = published.acr_values_supported;
      assert.deepEqual(more, []);
      const claims = async (client, parameters) => decodeJwt((await exchange(origin, prefix, client, await allowed(client, parameters))).id_token);
      assert.equal((await claims(plain, { acr_values: acr })).acr, acr);
      assert.equal((await claims(plain, { acr_values: 'urn:example:gold' })).acr, acr, 'what cannot be had is not an error (OIDC Core section 5.5.1.1)');
      assert.equal((await claims(plain, {})).acr, undefined);
      assert.equal((await claims(await registered({ default_acr_values: [acr] }), {})).acr, acr);
      assert.equal((await register({ default_acr_values: ['urn:example:gold'] })).status, 400);
      const browser = await signedIn();
      const { transaction } = await browser.start(realm, query(plain, { acr_values: acr, prompt: 'login' }));
      await browser.login(EMAIL[realm]);
      const { answer } = await browser.allow(await browser.start(realm, { transaction }));
      assert.equal(decodeJwt((await exchange(origin, prefix, plain, answer.redirect_uri)).id_token).acr, acr, 'after a login that was asked for');
    });

    await t.test('have every prompt', async () => {
      for (const prompt of published.prompt_values_supported) {
        const answer = await (await signedIn()).start(realm, query(plain, { prompt }));
        const outcome = { none: 'redirect', login: 'login', consent: 'consent', select_account: 'login' }[prompt];
        assert.equal(answer.outcome, outcome, prompt);
        if (prompt === 'none') assert.equal(errorOf(answer.redirect_uri), 'consent_required');
      }
      const refused = await (await signedIn()).start(realm, query(plain, { prompt: 'create' }));
      assert.equal(errorOf(refused.redirect_uri), 'invalid_request');
    });

    await t.test('have every response mode', async () => {
      const browser = await signedIn();
      const ask = (mode) => browser.start(realm, query(plain, { prompt: 'none', response_mode: mode }));
      for (const mode of published.response_modes_supported) {
        const { redirect_uri: address } = await ask(mode);
        const url = new URL(address);
        const fields = mode.startsWith('form_post') ? formOf(await (await browser.fetch(address)).text()).fields : Object.fromEntries(mode.startsWith('fragment') ? new URLSearchParams(url.hash.slice(1)) : url.searchParams);
        const { error } = mode.endsWith('jwt') ? decodeJwt(fields.response) : fields;
        assert.equal(error, 'consent_required', mode);
      }
      assert.equal(errorOf((await ask('web_message')).redirect_uri), 'unsupported_response_mode');
    });

    await t.test('have every response and grant type that a client can have', async () => {
      for (const type of published.response_types_supported) {
        const client = await registered({ response_types: [type], grant_types: ['authorization_code', 'implicit'] });
        const answer = await (await signedIn()).start(realm, query(client, { response_type: type, nonce: 'n' }));
        assert.equal(answer.outcome, 'consent', type);
      }
      for (const type of ['token', 'code token', 'device']) assert.equal((await register({ response_types: [type] })).status, 400, type);
      const byUser = published.grant_types_supported.filter((type) => type !== 'client_credentials');
      await registered({ grant_types: byUser, response_types: ['code', 'id_token'] });
      for (const type of ['password', 'urn:ietf:params:oauth:grant-type:device_code']) {
        assert.equal((await register({ grant_types: ['authorization_code', type] })).status, 400, type);
        const refused = await fetch(published.token_endpoint, form({ grant_type: type, client_id: plain.client_id }));
        assert.equal((await refused.json()).error, 'unsupported_grant_type');
      }
      const service = form({ grant_type: 'client_credentials', resource: 'https://calendar.example/api' }, { authorization: `Basic ${btoa('calendar-service:demo-secret-calendar-service-not-for-production')}` });
      assert.equal((await fetch(published.token_endpoint, service)).status, 200);
    });

    await t.test('have every way in which a client authenticates at a token, a revocation and an introspection', async () => {
      const methods = published.token_endpoint_auth_methods_supported;
      const endpoints = [published.token_endpoint, published.revocation_endpoint, published.introspection_endpoint];
      assert.deepEqual(published.revocation_endpoint_auth_methods_supported, methods);
      assert.deepEqual(published.introspection_endpoint_auth_methods_supported, methods);
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      const jwks = { keys: [await exportJWK(publicKey)] };
      const assertion = (client, key, alg) => new SignJWT({}).setProtectedHeader({ alg }).setIssuer(client.client_id).setSubject(client.client_id)
        .setAudience(issuer).setJti(crypto.randomUUID()).setIssuedAt().setExpirationTime('1m').sign(key);
      const signed = async (client, key, alg) => [{ client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: await assertion(client, key, alg) }];
      const proof = {
        none: (client) => [{ client_id: client.client_id }],
        client_secret_basic: (client) => [{}, { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` }],
        client_secret_post: (client) => [{ client_id: client.client_id, client_secret: client.client_secret }],
        client_secret_jwt: (client) => signed(client, new TextEncoder().encode(client.client_secret), 'HS256'),
        private_key_jwt: (client) => signed(client, privateKey, 'ES256'),
      };
      for (const method of methods) {
        const client = await registered({ token_endpoint_auth_method: method, ...(method === 'private_key_jwt' ? { jwks } : {}) });
        for (const endpoint of endpoints) {
          const [fields, headers] = await proof[method](client);
          const response = await fetch(endpoint, form({ grant_type: 'authorization_code', code: 'none', redirect_uri: APP, token: 'none', ...fields }, headers));
          const { error } = await response.json().catch(() => ({}));
          assert.ok(response.status === 200 || error === 'invalid_grant', `${method} at ${endpoint}: ${error}`);
        }
      }
      assert.equal((await register({ token_endpoint_auth_method: 'tls_client_auth' })).status, 400);
    });

    await t.test('have every algorithm with which a client may sign', async () => {
      const algorithms = published.token_endpoint_auth_signing_alg_values_supported;
      assert.deepEqual(published.revocation_endpoint_auth_signing_alg_values_supported, algorithms);
      assert.deepEqual(published.introspection_endpoint_auth_signing_alg_values_supported, algorithms);
      const { publicKey } = await generateKeyPair('ES256');
      const jwks = { keys: [await exportJWK(publicKey)] };
      for (const alg of [...algorithms, 'ES512']) {
        const method = alg.startsWith('HS') ? 'client_secret_jwt' : 'private_key_jwt';
        const { status } = await register({ token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: alg, jwks });
        assert.equal(status, alg === 'ES512' ? 400 : 201, alg);
      }
      for (const alg of [...published.request_object_signing_alg_values_supported, 'none']) {
        const { status } = await register({ request_object_signing_alg: alg, jwks, token_endpoint_auth_method: 'client_secret_basic' });
        assert.equal(status, alg === 'none' ? 400 : 201, alg);
      }
    });

    await t.test('have every algorithm with which the server signs', async () => {
      for (const alg of published.id_token_signing_alg_values_supported) {
        const client = await registered({ id_token_signed_response_alg: alg });
        const { id_token: token } = await exchange(origin, prefix, client, await allowed(client));
        assert.equal(decodeProtectedHeader(token).alg, alg);
      }
      for (const alg of published.authorization_signing_alg_values_supported) {
        const client = await registered({ authorization_signed_response_alg: alg });
        const answer = await allowed(client, { response_mode: 'jwt' });
        assert.equal(decodeProtectedHeader(new URL(answer).searchParams.get('response')).alg, alg);
      }
      for (const name of ['id_token_signed_response_alg', 'authorization_signed_response_alg']) assert.equal((await register({ [name]: 'ES512' })).status, 400);
    });

    await t.test('have every algorithm of a proof of possession', async () => {
      const token = async (alg) => {
        const { publicKey, privateKey } = await generateKeyPair(alg, alg === 'EdDSA' ? { crv: 'Ed25519' } : {});
        const jwk = await exportJWK(publicKey);
        assert.ok(await calculateJwkThumbprint(jwk));
        const payload = { htm: 'POST', htu: published.token_endpoint, jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000) };
        const dpop = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload))).setProtectedHeader({ alg, typ: 'dpop+jwt', jwk }).sign(privateKey);
        const response = await fetch(published.token_endpoint, form({ grant_type: 'authorization_code', code: 'none', redirect_uri: APP, client_id: plain.client_id, code_verifier: verifier }, { dpop }));
        return (await response.json()).error;
      };
      for (const alg of published.dpop_signing_alg_values_supported) assert.equal(await token(alg), 'invalid_grant', alg);
      assert.equal(await token('ES512'), 'invalid_dpop_proof');
    });

    await t.test('have the type of PKCE, of a subject and of each authorization detail', async () => {
      assert.deepEqual([published.code_challenge_methods_supported, published.subject_types_supported], [['S256'], ['public']]);
      const refused = await (await signedIn()).start(realm, query(plain, { code_challenge_method: 'plain' }));
      assert.equal(errorOf(refused.redirect_uri), 'invalid_request');
      assert.equal((await register({ subject_type: 'pairwise' })).status, 400);
      await registered({ authorization_details_types: published.authorization_details_types_supported });
      assert.equal((await register({ authorization_details_types: ['no_such'] })).status, 400);
    });
  });
}

test('the ID token has name and email where they were allowed', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('as userinfo has', async () => {
    const tokens = await client.redeem(await connect(new Browser(origin), client, { scope: 'openid email profile' }));
    const { name, email, email_verified: verified } = tokens.claims();
    assert.deepEqual([name, email, verified], ['Ada Lovelace', 'ada@example.com', true]);
    assert.equal((await client.userinfo(tokens)).name, name);
  });

  await t.test('and nothing that was not asked for or was left out', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { scope: 'openid email profile' });
    const { answer } = await browser.allow(shown, { without: ['email'] });
    const claims = (await client.redeem(answer.redirect_uri)).claims();
    assert.deepEqual([claims.name, 'email' in claims, 'email_verified' in claims], ['Ada Lovelace', false, false]);
    const bare = (await client.redeem(await connect(new Browser(origin), client, { scope: 'openid', prompt: 'consent' }))).claims();
    assert.deepEqual(['name' in bare, 'email' in bare], [false, false]);
  });
});
