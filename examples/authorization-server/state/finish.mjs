/**
 * Pages that wait for their browser: an answer by `form_post`, which is fetched once within a
 * minute, and a way out of the site, which stays for ten.
 */
import { createExpiring } from './expiring.mjs';
import { newId } from './logins.mjs';

const FINISH = 60_000;
const LEAVE = 10 * 60_000;
/** The oldest page gives way. */
const MOST = 10_000;

function createPages(clock, lifetime, { once }) {
  const pages = createExpiring(clock, lifetime, MOST);

  return {
    /**
     * @param browser undefined if the request had no cookie, as in a frame on another site
     */
    put(page, browser) {
      const id = newId();
      pages.set(id, { page, browser });
      return id;
    },

    /** The page, if it is this browser's. */
    take(id, browser) {
      const entry = pages.get(id);
      if (entry === undefined) return undefined;
      if (entry.browser !== undefined && entry.browser !== browser) return undefined;
      if (once) pages.delete(id);
      return entry.page;
    },
  };
}

/** Pages `{ action, fields, framed }`. */
export const createFinishPages = (clock) => createPages(clock, FINISH, { once: true });

/** Pages as `http/leave-page.mjs` takes them. */
export const createLeavePages = (clock) => createPages(clock, LEAVE, { once: false });
