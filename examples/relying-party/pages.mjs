// The application's pages but the result's. Every value is escaped by `html`; there is no inline script or style.
import { clientById, clients, responseModes, scopes } from './clients.mjs';
import { html } from './html.mjs';

/** A whole page. */
export function page({ title, body, script }) {
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/tokens.css">
<link rel="stylesheet" href="/style.css">
${script && html`<script src="${script}" type="module"></script>`}
</head>
<body>
<header><a href="/"><img src="/favicon.svg" alt="" width="28" height="28"> Demo client</a></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`}\n`;
}

/** What a realm's account is called. */
export const realmName = { consumer: 'your account', b2b: 'your organization' };

function connection(current) {
  if (!current) return undefined;
  return html`<p class="status">Connected to ${realmName[current.realm]}${current.name && html` as <strong>${current.name}</strong>`}, by ${clientById(current.clientId).name}.</p>`;
}

function clientChoice({ id, name, about, best }) {
  return html`<div class="choice">
<input type="radio" name="client" id="client-${id}" value="${id}" aria-describedby="about-${id}"${best && html` checked`}>
<label for="client-${id}">${name}</label>${best && html` <span class="badge">Start here</span>`}
<small id="about-${id}">${about}</small>
</div>`;
}

function scopeChoice({ name, checked, note }) {
  return html`<div class="choice">
<input type="checkbox" name="scope" id="scope-${name}" value="${name}" aria-describedby="note-${name}"${checked && html` checked`}>
<label for="scope-${name}">${name}</label> <small id="note-${name}">${note}</small>
</div>`;
}

function options(abilities) {
  const modes = responseModes.filter((mode) => abilities.modes?.includes(mode) ?? true);
  return html`<details class="options"><summary>Change the request</summary>
<fieldset class="scopes"><legend>What does it ask for?</legend>${scopes.map(scopeChoice)}</fieldset>
<fieldset><legend>How does it ask?</legend>
<div class="choice"><input type="checkbox" name="prompt" id="prompt" value="consent"> <label for="prompt">Ask again (prompt=consent)</label></div>
${abilities.pushed && html`<div class="choice"><input type="checkbox" name="pushed" id="pushed" value="yes"> <label for="pushed">Push the request first (PAR)</label></div>`}
${abilities.pays && html`<div class="choice"><input type="checkbox" name="pays" id="pays" value="yes"> <label for="pays">With a payment of 45.00 EUR (RAR)</label></div>`}
<div class="choice"><label for="response_mode">Answer by</label>
<select name="response_mode" id="response_mode">${modes.map((mode) => html`<option>${mode}</option>`)}</select></div>
</fieldset>
${abilities.silent && html`<p>Ask without showing a page (prompt=none). It works once you’ve allowed the same before.</p>
<p class="actions">
<button type="button" id="silent">Check silently</button>
<button name="action" value="silent">Check as a whole page</button>
</p>`}
</details>`;
}

function requestForm(abilities) {
  const offered = clients.filter(({ registers, document }) => (!registers || abilities.registers) && (!document || abilities.documents));
  return html`<form action="/connect" id="request">
<fieldset role="radiogroup" aria-label="Client"><legend>Which app asks?</legend>${offered.map(clientChoice)}</fieldset>
<p class="actions">
<button class="primary" name="action" value="connect">Connect</button>
${abilities.organizations && html`<button name="action" value="organization">Connect your organization</button>`}
<button type="button" id="popup">Connect in a popup</button>
</p>
${options(abilities)}
</form>
<p id="report" role="status" class="status"></p>
<noscript><p>The popup and the silent check need JavaScript; everything else works without.</p></noscript>`;
}

/** The two ways to sign out. */
export function signOutForm() {
  return html`<form action="/sign-out" method="post" class="actions">
<button name="hint" value="yes">Sign out</button>
<button name="hint" value="no">Sign out without a hint</button>
</form>`;
}

/** The start page: the choice of client, scopes and kind of request. */
export function homePage({ site, current, abilities }) {
  return page({
    title: 'Try a sign-in',
    script: '/home.js',
    body: html`<p class="lead">This ordinary ${abilities.openid ? 'OpenID Connect' : 'OAuth'} app asks <a href="${site}/">the demo’s site</a> for access to your account. Press <strong>Connect</strong> to see what you’d be asked.</p>
${connection(current)}
${requestForm(abilities)}
${abilities.signsOut && html`<h2>Sign out</h2>
<p>Ends the session here and at the authorization server.</p>
${signOutForm()}`}`,
  });
}

/** A page with one message. */
export function messagePage({ title, text }) {
  return page({ title, body: html`<p class="lead">${text}</p>\n<p class="actions"><a class="button primary" href="/">Start again</a></p>` });
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
