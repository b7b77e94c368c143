// REPLACE THIS: your site has a sign-in of its own. The kit needs `accountOf` alone, and a page at /login that leads back to
// `return_to`. This one has two people, and a password that everybody knows.
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';

const PEOPLE = { 'ada@example.com': { sub: 'ada', name: 'Ada Lovelace' }, 'grace@example.com': { sub: 'grace', name: 'Grace Hopper' } };
const COOKIE = 'session';
const HOUR = 60 * 60;

const form = (returnTo, note) => html`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<h1>Sign in</h1><p>${note}</p>
<form method="post"><input type="hidden" name="return_to" value="${returnTo}">
<p><label>Email <input name="email" type="email" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Sign in</button></form></html>`;

/** A path of this site alone. */
const ownPath = (value, origin) => {
  const url = typeof value === 'string' && URL.canParse(value, origin) ? new URL(value, origin) : undefined;
  return url?.origin === origin ? url.pathname + url.search : '/';
};

export async function accountOf(request, { SESSIONS }) {
  const [, id] = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '') ?? [];
  const session = id && await SESSIONS.get(id, 'json');
  return session ? { ...PEOPLE[session.email], email: session.email, signed_in_at: session.at } : null;
}

export const signIn = new Hono();
signIn.use(async (c, next) => (c.req.method === 'POST' && c.req.header('origin') !== c.env.ORIGIN ? c.text('The form comes from another site.', 403) : next()));
signIn.get('/login', (c) => c.html(form(ownPath(c.req.query('return_to'), c.env.ORIGIN), 'As ada@example.com, with the password “demo”.')));
signIn.post('/login', async (c) => {
  const { email, password, return_to: returnTo } = await c.req.parseBody();
  const to = ownPath(returnTo, c.env.ORIGIN);
  if (!Object.hasOwn(PEOPLE, email) || password !== 'demo') return c.html(form(to, 'The email or the password is wrong.'), 401);
  const id = crypto.randomUUID();
  await c.env.SESSIONS.put(id, JSON.stringify({ email, at: Date.now() }), { expirationTtl: HOUR });
  setCookie(c, COOKIE, id, { path: '/', httpOnly: true, sameSite: 'Lax', secure: c.env.ORIGIN.startsWith('https:'), maxAge: HOUR });
  return c.redirect(to, 303);
});
signIn.post('/logout', async (c) => {
  await c.env.SESSIONS.delete(getCookie(c, COOKIE) ?? '-');
  deleteCookie(c, COOKIE, { path: '/' });
  return c.redirect('/', 303);
});
