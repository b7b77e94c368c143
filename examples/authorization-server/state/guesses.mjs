/**
 * Wrong passwords. They slow the guesser, by browser and by address, and never the account: a
 * stranger must not be able to lock it.
 */
import { createThrottle } from './throttle.mjs';

export function createGuesses(clock, limits) {
  const browsers = createThrottle(clock, limits.wrongPerBrowser, limits.wrongWithin);
  const addresses = createThrottle(clock, limits.wrongPerAddress, limits.wrongWithin);

  return {
    /** Seconds to wait before the next password is checked, or 0. */
    wait: ({ browser, address }) => Math.max(browsers.wait(browser), addresses.wait(address)),
    failed({ browser, address }) {
      browsers.count(browser);
      addresses.count(address);
    },
    succeeded: ({ browser }) => browsers.forget(browser),
  };
}
