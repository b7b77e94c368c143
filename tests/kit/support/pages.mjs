// A site with a page, and a browser that opens it.
import { page } from '../../../server/node/src/page.ts';
import { ADA, createBrowser, createSite, QUERY } from './site.mjs';
import { CALLBACK } from './engine.mjs';

export const PATH = '/oauth/authorize';
export const done = (more = {}) => ({ kind: 'done', to: `${CALLBACK}?code=1`, ...more });

export function createPages({ pageOptions = {}, ...options } = {}, account = ADA) {
  const site = createSite({ page: page({ files: '/lib/', logout: '/oauth/logout', ...pageOptions }), ...options });
  const browser = createBrowser(site, account);
  const get = (query = QUERY, init = {}) => browser.send(`${PATH}?${query}`, init);
  const post = (body, headers = {}) => browser.send(PATH, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });
  return { site, browser, get, post };
}
