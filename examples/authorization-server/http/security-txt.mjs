/** `/.well-known/security.txt` (RFC 9116): where to report a fault. A host has its own contact. */

const PROJECT = 'https://github.com/countersign/countersign';
const VALID_FOR = 180 * 24 * 60 * 60 * 1000;

export function sendSecurityText(site, res) {
  const fields = {
    Contact: `${PROJECT}/security/advisories/new`,
    Expires: new Date(site.clock() + VALID_FOR).toISOString(),
    'Preferred-Languages': 'en',
    Canonical: `${site.origin}/.well-known/security.txt`,
    Policy: `${PROJECT}/security/policy`,
  };
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end(Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`).join(''));
}
