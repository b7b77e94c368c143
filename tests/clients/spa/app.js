// A page without a server of its own: it signs its user in by a popup, renews silently, and signs out.
const status = document.querySelector('[role=status]');
const say = (text) => { status.textContent = text; };

/** Registers the page from here, once, and keeps its id. */
async function register(issuer, client) {
  const { registration_endpoint: endpoint } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(client) });
  const { client_id: id } = await response.json();
  localStorage.setItem('id', id);
  return id;
}

async function manager() {
  const { issuer, client, more, ...known } = await (await fetch('/settings.json')).json();
  const id = known.id ?? localStorage.getItem('id') ?? await register(issuer, client);
  return new oidc.UserManager({
    authority: issuer,
    client_id: id,
    redirect_uri: `${location.origin}/callback`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: 'openid profile email',
    loadUserInfo: true,
    automaticSilentRenew: false,
    ...more,
    userStore: new oidc.WebStorageStateStore({ store: sessionStorage }),
  });
}

const show = (how, { profile, scope }) => say(`${how}: ${profile.name}, ${profile.email}, ${scope}`);

async function start() {
  const users = await manager();
  if (location.pathname === '/callback') return users.signinCallback();
  if (new URLSearchParams(location.search).has('state')) await users.signoutCallback();
  const known = await users.getUser();
  if (known) show('Known', known);
  const on = (id, how, work) => document.getElementById(id).addEventListener('click', () => {
    work().then((user) => user && show(how, user), (error) => say(`${how} failed: ${error.error ?? error.message}`));
  });
  on('popup', 'Signed in', () => users.signinPopup());
  on('renew', 'Renewed', () => users.signinSilent());
  on('leave', 'Signed out', () => users.signoutRedirect());
  document.body.dataset.ready = '';
}

start();
