/** Pages before a way out of the site (`http/leave-page.mjs`) that wait for their browser, for ten minutes. */
import { createExpiring } from './expiring.mjs';
import { newId } from './logins.mjs';

const LIFETIME = 10 * 60_000;
/** The oldest page gives way. */
const MOST = 10_000;

export function createLeavePages(clock) {
  const pages = createExpiring(clock, LIFETIME, MOST);

  return {
    put(page, browser) {
      const id = newId();
      pages.set(id, { page, browser });
      return id;
    },

    /** The page, if it is this browser's. */
    take(id, browser) {
      const entry = pages.get(id);
      return entry?.browser === browser ? entry?.page : undefined;
    },
  };
}
