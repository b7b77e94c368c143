/** Answers by `form_post`, waiting for the browser to fetch them: once, within a minute, the same browser. */
import { newId } from './logins.mjs';

const LIFETIME = 60_000;

export function createFinishPages(clock) {
  const pages = new Map();

  return {
    /** @param page `{ action, fields, framed }`; `browser` is undefined where no cookie came, as in a frame on another site */
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
