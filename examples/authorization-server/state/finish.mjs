/** Answers by `form_post` that wait for their browser to fetch them once, within a minute. */
import { newId } from './logins.mjs';

const LIFETIME = 60_000;

export function createFinishPages(clock) {
  const pages = new Map();

  return {
    /**
     * @param page `{ action, fields, framed }`; `browser` is undefined if the request had no
     * cookie, as in a frame on another site
     */
    put(page, browser) {
      for (const [id, entry] of pages) if (entry.expires <= clock()) pages.delete(id);
      const id = newId();
      pages.set(id, { page, browser, expires: clock() + LIFETIME });
      return id;
    },

    take(id, browser) {
      const entry = pages.get(id);
      if (entry === undefined || entry.expires <= clock()) return undefined;
      if (entry.browser !== undefined && entry.browser !== browser) return undefined;
      pages.delete(id);
      return entry.page;
    },
  };
}
