/**
 * The headers of every answer. The policy is the strictest one that the widget works with:
 * WebAssembly, files and API of the same origin, and Trusted Types.
 *
 * Cross-Origin-Opener-Policy is never sent: it would disconnect a client's popup from its opener.
 */

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
];

/** Must be called before anything else is done with an answer. */
export function setStrictHeaders(res) {
  res.setHeader('Content-Security-Policy', POLICY.join('; '));
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cache-Control', 'no-store');
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
