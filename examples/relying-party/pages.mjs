// The application's pages. Every value is escaped by `html`; there is no inline script or style.
import { clientById, clients, responseModes, scopes } from './clients.mjs';
import { html } from './html.mjs';

function page({ title, body, script }) {
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
${script && html`<script src="${script}" type="module"></script>`}
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`}\n`;
}

const realmName = { consumer: 'your account', b2b: 'your organization' };

function connection(current) {
  if (!current) return html`<p class="status">Not connected.</p>`;
  return html`<p class="status">Connected to ${realmName[current.realm]} as <strong>${current.name}</strong>, being ${clientById(current.clientId).name}.</p>`;
}

function clientChoice({ id, name, type }, index) {
  return html`<div class="choice">
<input type="radio" name="client" id="client-${id}" value="${id}" aria-describedby="type-${id}"${index === 0 && html` checked`}>
<label for="client-${id}">${name}</label> <small id="type-${id}">${type}</small>
</div>`;
}

function scopeChoice({ name, checked, note }) {
  return html`<div class="choice">
<input type="checkbox" name="scope" id="scope-${name}" value="${name}"${note && html` aria-describedby="note-${name}"`}${checked && html` checked`}>
<label for="scope-${name}">${name}</label>${note && html` <small id="note-${name}">${note}</small>`}
</div>`;
}

function requestForm(abilities) {
  const modes = responseModes.filter((mode) => abilities.modes?.includes(mode) ?? true);
  return html`<form action="/connect" id="request">
<fieldset role="radiogroup"><legend>Client</legend>${clients.map(clientChoice)}</fieldset>
<fieldset><legend>Scopes, beside openid</legend>${scopes.map(scopeChoice)}</fieldset>
<fieldset><legend>The request</legend>
<div class="choice"><input type="checkbox" name="prompt" id="prompt" value="consent"> <label for="prompt">Ask again (prompt=consent)</label></div>
${abilities.pushed && html`<div class="choice"><input type="checkbox" name="pushed" id="pushed" value="yes"> <label for="pushed">Push the request first (PAR)</label></div>`}
${abilities.pays && html`<div class="choice"><input type="checkbox" name="pays" id="pays" value="yes"> <label for="pays">With a payment of 45.00 EUR (RAR)</label></div>`}
<div class="choice"><label for="response_mode">Answer by</label>
<select name="response_mode" id="response_mode">${modes.map((mode) => html`<option>${mode}</option>`)}</select></div>
</fieldset>
<p class="actions">
<button class="primary" name="action" value="connect">Connect</button>
<button name="action" value="organization">Connect your organization</button>
<button type="button" id="popup">Connect in a popup</button>
</p>
${abilities.silent && html`<p class="actions">
<button type="button" id="silent">Check silently</button>
<button name="action" value="silent">Check as a whole page</button>
</p>`}
</form>
<p id="report" role="status" class="status"></p>
<noscript><p>The popup and the silent check need JavaScript; everything else works without.</p></noscript>`;
}

function signOutForm() {
  return html`<form action="/sign-out" method="post" class="actions">
<button name="hint" value="yes">Sign out</button>
<button name="hint" value="no">Sign out without a hint</button>
</form>`;
}

/** The start page: the choice of client, scopes and kind of request. */
export function homePage({ issuer, current, abilities }) {
  return page({
    title: 'Relying party',
    script: '/home.js',
    body: html`<p class="lead">An application that asks <a href="${issuer}/">${issuer}</a> for access. It knows nothing about Countersign: it is an ordinary OpenID Connect client.</p>
${connection(current)}
${requestForm(abilities)}
<h2>Sign out</h2>
<p>Ends the session here and at the authorization server.</p>
${signOutForm()}`,
  });
}

const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function table(caption, columns, rows) {
  return html`<table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${show(cell)}</td>`)}</tr>`)}</tbody>
</table>`;
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

function connectedBody(result) {
  return html`<p class="lead">${clientById(result.clientId).name} has tokens for ${realmName[result.realm]}. State, issuer, nonce and signature are as they should be.</p>
${table('Granted scopes', ['Scope'], result.granted.map((scope) => [scope]))}
${result.withheld.length > 0 && html`<p>Asked for, not granted: ${result.withheld.join(', ')}.</p>`}
${result.details.length > 0 && table('Granted details', ['Type', 'Details'], result.details.map(({ type, ...more }) => [type, more]))}
<p>Refresh token: ${result.refreshToken ? 'received' : 'none'}.</p>
${table('ID token', ['Claim', 'Value'], Object.entries(result.claims))}
${table('Userinfo', ['Claim', 'Value'], Object.entries(result.userinfo))}
<h2>Sign out</h2>
${signOutForm()}`;
}

function notConnectedBody(result) {
  const rows = [['error', result.error], ['error_description', result.description], ['state', result.state]];
  return html`<p class="lead">${clientById(result.clientId).name} got no tokens for ${realmName[result.realm]}.</p>
${table('Answer', ['Parameter', 'Value'], rows.filter(([, value]) => value !== undefined))}`;
}

/** The result of a login. */
export function resultPage({ result, display }) {
  const connected = result.outcome === 'connected';
  return page({
    title: connected ? 'Connected' : 'Not connected',
    script: display !== 'page' && '/answer.js',
    body: html`${connected ? connectedBody(result) : notConnectedBody(result)}
${display !== 'page' && reportData(result, display)}
<p><a href="/">Start again</a></p>`,
  });
}

/** A page with one message. */
export function messagePage({ title, text }) {
  return page({ title, body: html`<p class="lead">${text}</p>\n<p><a href="/">Start again</a></p>` });
}

/**
 * For an answer in the fragment, which only a script can read: the script requests the page again
 * with the answer in the query.
 */
export function fragmentPage() {
  return page({
    title: 'One moment',
    script: '/fragment.js',
    body: html`<noscript><p>This answer can only be read with JavaScript.</p></noscript>`,
  });
}
