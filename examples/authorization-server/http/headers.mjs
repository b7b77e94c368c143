/** The headers of every answer, and of the pages that differ. */
import { HEADERS, HTTPS_HEADERS, policyWith } from './page-headers.mjs';

const ALL = { 'Content-Security-Policy': policyWith(), ...HEADERS };

/** Must be called before anything else is done with an answer. */
export function setStrictHeaders(res, { https = false } = {}) {
  for (const [name, value] of Object.entries({ ...ALL, ...(https ? HTTPS_HEADERS : {}) })) res.setHeader(name, value);
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
    `form-action ${action === undefined ? "'none'" : source(action)}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '));
}

/** The policy's source for an address: its origin, or the scheme of a private-use one. */
function source(address) {
  const url = new URL(address);
  return url.origin === 'null' ? url.protocol : url.origin;
}

/**
 * The headers of the finish page, which has one script, allowed by its hash, and posts a form to
 * one origin. It may be framed only for `prompt=none`, which clients send from hidden frames.
 */
export function setFinishHeaders(res, { action, scriptHash, framed }) {
  const target = source(action);
  res.setHeader('Content-Security-Policy', [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    "img-src 'self'",
    "base-uri 'none'",
    `form-action ${target}`,
    `frame-ancestors ${framed ? target : "'none'"}`,
    "require-trusted-types-for 'script'",
  ].join('; '));
  if (framed) res.removeHeader('X-Frame-Options');
}
