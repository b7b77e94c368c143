/** The ticked scopes of a card, as `src/consent/selection.rs` counts them. */

import type { ConsentOutcome, RequestedScope } from '../../api.js';

export class Selection {
  readonly #card: ConsentOutcome;
  readonly #unticked = new Set<RequestedScope>();

  constructor(card: ConsentOutcome) { this.#card = card; }

  /** The scopes of an `allow`. */
  get granted(): { scope: string; resource?: string }[] {
    return [...this.#ticked()].map(({ scope, resource }) => ({ scope, ...(resource && { resource }) }));
  }

  /** Whether Allow is offered, and would grant something. */
  get canAllow(): boolean {
    const { scopes, organization, organizations, authorization_details: details } = this.#card;
    const isAllowed = organization ? organization.status === 'allowed' : !organizations.length;
    const useful = scopes.filter((it) => it.grantable && it.scope !== 'offline_access');
    const isWhole = scopes.every((it) => it.grantable || !isRequired(it)) && (useful.length > 0 || scopes.every((it) => it.grantable));
    const ticked = this.#ticked();
    return isAllowed && isWhole && (details.length > 0 || !useful.length || useful.some((it) => ticked.has(it)));
  }

  /** Ticks or unticks a scope, unless the card does not let the user. */
  toggle(name: string): boolean {
    const scope = this.#card.scopes.find((it) => it.scope === name);
    if (!scope || !this.#card.can_narrow || !scope.grantable || isRequired(scope)) return false;
    if (this.#unticked.delete(scope)) return true;
    this.#unticked.add(scope);
    if (!this.#ticked().has(scope)) return true;
    // Another ticked scope implies it.
    this.#unticked.delete(scope);
    return false;
  }

  #ticked(): Set<RequestedScope> {
    const { scopes } = this.#card;
    const ticked = new Set(scopes.filter((it) => it.grantable && !this.#unticked.has(it)));
    const implied = (scope: RequestedScope) => [...ticked].some((it) => it.implies?.includes(scope.scope) && it.resource === scope.resource);
    for (const _ of scopes) for (const scope of scopes) if (scope.grantable && implied(scope)) ticked.add(scope);
    return ticked;
  }
}

const isRequired = ({ required, scope }: RequestedScope): boolean => required || scope === 'openid';
