/** The headers of every answer, and of the pages that differ. */
import { pageHeaders, policySource } from '../../../server/node/src/headers.ts';

/** Must be called before anything else is done with an answer. */
export function setStrictHeaders(res, { https = false } = {}) {
  for (const [name, value] of Object.entries(pageHeaders({ https }))) res.setHeader(name, value);
}

/**
 * The headers of the page before a way out: one script, allowed by its hash, that opens an address,
 * or a form that posts to one origin.
 */
export function setLeaveHeaders(res, { action, scriptHash }) {
  res.setHeader('Content-Security-Policy', [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    `form-action ${action === undefined ? "'none'" : policySource(action)}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '));
}
