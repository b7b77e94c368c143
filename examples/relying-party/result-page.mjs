// The page after a sign-in: what happened, step by step, with the messages themselves on demand.
import { clientById } from './clients.mjs';
import { html } from './html.mjs';
import { explanation } from './messages.mjs';
import { page, realmName, signOutForm } from './pages.mjs';

const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function table(caption, columns, rows) {
  return html`<table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${show(cell)}</td>`)}</tr>`)}</tbody>
</table>`;
}

const parameters = (caption, object) => table(caption, ['Parameter', 'Value'], Object.entries(object));

/** A raw message, folded. */
function raw(summary, body) {
  return html`<details><summary>${summary}</summary>${body}</details>`;
}

function step(title, text, more) {
  return html`<li><h2>${title}</h2>\n<p>${text}</p>\n${more}</li>`;
}

// The report of `answer.js` to the window that waits for the answer. It contains no secret.
function reportData(result, display) {
  const report = {
    outcome: result.outcome,
    error: result.error,
    name: result.name,
    scope: result.granted?.join(' '),
  };
  return html`<div id="answer" hidden data-display="${display}" data-report="${JSON.stringify(report)}"></div>`;
}

function requestStep({ request }, name) {
  if (!request) return undefined;
  const text = request.pushed
    ? 'First it pushed the request to the server, from server to server. Then it sent your browser there with a reference to it.'
    : 'It sent your browser to the authorization server, with what it wants and where to send the answer.';
  return step(`${name} asked`, text, raw('Authorization request', html`
${parameters(request.pushed ? 'Pushed parameters' : 'Request parameters', request.parameters)}
<p>The address your browser went to:</p>
<pre><code>${request.address}</code></pre>`));
}

function decisionStep({ granted, withheld, details, silent }) {
  const text = silent
    ? 'No page was shown (prompt=none): you were signed in, and you had allowed all of this before.'
    : 'The site made sure who you are. You decided on its consent page, now or the last time; for its own apps, the site decides. Your password stayed there.';
  return step(silent ? 'Nothing was left to ask' : 'You signed in, and access was allowed', text, html`
${table('Granted scopes', ['Scope'], granted.map((scope) => [scope]))}
${withheld.length > 0 && html`<p>Asked for, not granted: ${withheld.join(', ')}.</p>`}
${details.length > 0 && table('Granted details', ['Type', 'Details'], details.map(({ type, ...more }) => [type, more]))}`);
}

function responseStep({ response }, title, text) {
  if (!response) return undefined;
  const how = response.posted ? 'Response, posted as a form' : 'Response';
  return step(title, text, raw(how, parameters('Response parameters', response.parameters)));
}

function tokenSteps({ tokens, refreshToken, claims, userinfo }, name) {
  return html`${step(
    `${name} exchanged the code for tokens`,
    'From server to server, with the PKCE verifier that only it knows. A stolen code is worth nothing without it.',
    html`<p>Refresh token: ${refreshToken ? 'received' : 'none'}.</p>
${raw('Token response', html`<pre><code>${JSON.stringify(tokens, undefined, 2)}</code></pre>`)}`,
  )}
${claims && step(
    'It checked the ID token',
    'State, issuer, nonce and signature are as they should be. The token says who signed in, where and for which app.',
    raw('ID token claims', table('ID token', ['Claim', 'Value'], Object.entries(claims))),
  )}
${userinfo && step('It asked who you are', 'With the access token, at the server’s userinfo endpoint. It learned only what you allowed.', table('Userinfo', ['Claim', 'Value'], Object.entries(userinfo)))}`;
}

function connectedBody(result) {
  const { name } = clientById(result.clientId);
  return html`<p class="lead">${name} now has access to ${realmName[result.realm]}, as far as you allowed it. This is what happened.</p>
<ol class="steps">
${requestStep(result, name)}
${decisionStep(result)}
${responseStep(result, 'The server sent a code back', 'Through your browser. The code works once, for a short time, and for this app alone.')}
${tokenSteps(result, name)}
</ol>
<p class="actions"><a class="button primary" href="/">Try another</a></p>
${result.claims && html`<h2>Sign out</h2>
<p>Ends the session here and at the authorization server.</p>
${signOutForm()}`}`;
}

function notConnectedBody(result) {
  const { name } = clientById(result.clientId);
  const rows = [['error', result.error], ['error_description', result.description], ['state', result.state]];
  return html`<p class="lead">${name} got no access to ${realmName[result.realm]}.</p>
<p class="status">${explanation(result.error)}</p>
${table('Answer', ['Parameter', 'Value'], rows.filter(([, value]) => value !== undefined))}
<ol class="steps">
${requestStep(result, name)}
${responseStep(result, 'The server answered with an error', 'Through your browser, to the address that the app has registered. The app got no code and no token.')}
</ol>
<p class="actions"><a class="button primary" href="/">Try again</a></p>`;
}

/** The result of a login. */
export function resultPage({ result, display }) {
  const connected = result.outcome === 'connected';
  return page({
    title: connected ? 'Connected' : 'Not connected',
    script: display !== 'page' && '/answer.js',
    body: html`${connected ? connectedBody(result) : notConnectedBody(result)}
${display !== 'page' && reportData(result, display)}`,
  });
}
