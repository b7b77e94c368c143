/**
 * How much callers may take, all options of the host (`createAuthorizationServer({ limits })`).
 * Counts in memory do not stop a crowd of addresses: docs/security-headers.md says what stands in
 * front. Those on requests can be at most what `api/openapi.yaml` takes. Times are in seconds.
 */
export const LIMITS = Object.freeze({
  /** Open and ended requests that are kept, of all callers. */
  most: 20_000,
  /** Open requests without a session, of one browser and of one address. The oldest gives way. */
  perBrowser: 100,
  perAddress: 2_000,
  /** Open requests of one account. One more is refused. */
  perAccount: 500,
  /** Wrong passwords of one browser and of one address, within a time. */
  wrongPerBrowser: 10,
  wrongPerAddress: 100,
  wrongWithin: 5 * 60,
  /** Registrations of one address, within a time. */
  registrations: 500,
  registrationsWithin: 60 * 60,
  /** How long a registration is kept that no user has allowed anything yet. */
  unusedRegistration: 24 * 60 * 60,
  /** Bytes of a registration, and of every other body that the engine reads. */
  registrationBytes: 16 * 1024,
  bodyBytes: 56 * 1024,
  /** Bytes of a raw query or of a request by POST; the page has the same limit. */
  queryBytes: 32 * 1024,
  /** Parameters of a request, and the length of each. */
  parameters: 200,
  value: 8 * 1024,
  longValue: 24 * 1024,
  scopes: 256,
  resources: 64,
  details: 64,
});

/** The limits of a host: its own numbers in place of the defaults. */
export function limitsWith(own = {}) {
  for (const [name, value] of Object.entries(own)) {
    if (!Object.hasOwn(LIMITS, name)) throw new TypeError(`There is no limit "${name}".`);
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`The limit "${name}" must be a positive integer.`);
  }
  return { ...LIMITS, ...own };
}
