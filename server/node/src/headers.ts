/**
 * `countersign/server/headers`: the headers of a page that carries the widget, from `api/page-headers.json`.
 *
 * Cross-Origin-Opener-Policy is never sent: it would disconnect a client's popup from its opener.
 */
import source from '../../../api/page-headers.json' with { type: 'json' };

export interface PageHeaderOptions {
  /** Whether the site is on https. */
  readonly https?: boolean;
  /**
   * Where forms of the page lead, with all redirects after them: browsers check those too. Addresses or origins. `'any'` leaves the
   * directive out, where that is not known yet. By default the page posts no form.
   */
  readonly formAction?: readonly string[] | 'any';
  /** Other directives of the policy, in place of the usual ones. */
  readonly policy?: Readonly<Record<string, string>>;
}

/** The policy's source for an address: its origin, or the scheme of a private-use one. */
export function policySource(address: string): string {
  const { origin, protocol } = new URL(address);
  return origin === 'null' ? protocol : origin;
}

function formSources(formAction: PageHeaderOptions['formAction']): string | undefined {
  if (formAction === undefined) return source.policy['form-action'];
  return formAction === 'any' ? undefined : ["'self'", ...new Set(formAction.map(policySource))].join(' ');
}

/** The Content-Security-Policy of a page. */
export function pagePolicy({ formAction, policy = {} }: PageHeaderOptions = {}): string {
  const directives = { ...source.policy, 'form-action': formSources(formAction), ...policy };
  return Object.entries(directives).filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${value}`).join('; ');
}

/** All headers of a page. */
export function pageHeaders(options: PageHeaderOptions = {}): Record<string, string> {
  return { 'Content-Security-Policy': pagePolicy(options), ...source.headers, ...(options.https ? source.https : {}) };
}
