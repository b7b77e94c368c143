// REPLACE THIS: your site has a sign-in of its own. The kit needs `account(request)` alone, and a page at /login that leads back to
// `return_to`. This one has two people, and a password that everybody knows.
import { randomUUID } from 'node:crypto';
import express from 'express';

const PEOPLE = { 'ada@example.com': { sub: 'ada', name: 'Ada Lovelace' }, 'grace@example.com': { sub: 'grace', name: 'Grace Hopper' } };

const form = (returnTo, note) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<h1>Sign in</h1><p>${note}</p>
<form method="post"><input type="hidden" name="return_to" value="${returnTo.replace(/[&"<]/g, (it) => `&#${it.charCodeAt(0)};`)}">
<p><label>Email <input name="email" type="email" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Sign in</button></form></html>`;

export function createSignIn(origin) {
  const sessions = new Map();
  const idOf = (cookie) => /(?:^|; )session=([\w-]+)/.exec(cookie ?? '')?.[1];
  /** A path of this site alone. */
  const ownPath = (value) => {
    const url = typeof value === 'string' && URL.canParse(value, origin) ? new URL(value, origin) : undefined;
    return url?.origin === origin ? url.pathname + url.search : '/';
  };
  const routes = express.Router();
  routes.use((req, res, next) => (req.method === 'POST' && req.get('origin') !== origin ? res.status(403).send('The form comes from another site.') : next()));
  routes.get('/login', (req, res) => res.send(form(ownPath(req.query.return_to), 'As ada@example.com, with the password “demo”.')));
  routes.post('/login', express.urlencoded({ extended: false }), (req, res) => {
    const { email, password, return_to: returnTo } = req.body ?? {};
    if (!Object.hasOwn(PEOPLE, email) || password !== 'demo') return res.status(401).send(form(ownPath(returnTo), 'The email or the password is wrong.'));
    const id = randomUUID();
    sessions.set(id, { ...PEOPLE[email], email, signed_in_at: Date.now(), session: id });
    return res.cookie('session', id, { httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https:') }).redirect(303, ownPath(returnTo));
  });
  routes.post('/logout', (req, res) => {
    sessions.delete(idOf(req.get('cookie')));
    res.redirect(303, '/');
  });
  return { account: (request) => sessions.get(idOf(request.headers.get('cookie'))) ?? null, routes };
}
