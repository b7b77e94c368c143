// REPLACE THIS: your site has a sign-in of its own. The kit needs `account(request)` alone, and a page at /login that leads back to
// `return_to`. This one has two people, and a password that everybody knows.
import express from 'express';

const PEOPLE = [{ name: 'Ada Lovelace', email: 'ada@example.com' }, { name: 'Grace Hopper', email: 'grace@example.com' }];

const form = (returnTo, note) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<h1>Sign in</h1><p>${note}</p>
<form method="post"><input type="hidden" name="return_to" value="${returnTo.replace(/[&"<]/g, (it) => `&#${it.charCodeAt(0)};`)}">
<p><label>Email <input name="email" type="email" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Sign in</button></form></html>`;

/** A path of this site alone. */
const ownPath = (value, origin) => {
  const url = typeof value === 'string' && URL.canParse(value, origin) ? new URL(value, origin) : undefined;
  return url?.origin === origin ? url.pathname + url.search : '/';
};

export async function createSignIn(auth, origin) {
  for (const person of PEOPLE) await auth.api.signUpEmail({ body: { ...person, password: 'demo-demo' } }).catch(() => {});

  async function account(request) {
    const found = await auth.api.getSession({ headers: request.headers });
    return found && { sub: found.user.id, name: found.user.name, email: found.user.email, signed_in_at: new Date(found.session.createdAt).getTime() };
  }

  const routes = express.Router();
  routes.get('/login', (req, res) => res.send(form(ownPath(req.query.return_to, origin), 'As ada@example.com, with the password “demo-demo”.')));
  routes.post('/login', express.urlencoded({ extended: false }), async (req, res) => {
    const { email = '', password = '', return_to: returnTo } = req.body ?? {};
    if (req.get('origin') !== origin) return res.status(403).send('The form comes from another site.');
    const answer = await auth.api.signInEmail({ body: { email: String(email), password: String(password) }, asResponse: true });
    if (!answer.ok) return res.status(401).send(form(ownPath(returnTo, origin), 'The email or the password is wrong.'));
    return res.append('Set-Cookie', answer.headers.getSetCookie()).redirect(303, ownPath(returnTo, origin));
  });
  return { account, routes };
}
