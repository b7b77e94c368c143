import 'countersign/register';
import 'countersign/styles/page.css';
import type { CountersignErrorEvent } from 'countersign';
import { html, LitElement } from 'lit';
import { backend } from './backend';

export class AuthorizePage extends LitElement {
  /** The card has a shadow tree of its own. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return html`<main>
      <countersign-identity-provider login-url="/login" .backend=${backend} @countersign-error=${this.report}></countersign-identity-provider>
    </main>`;
  }

  private report({ detail }: CountersignErrorEvent) {
    console.warn(detail.code, detail.path);
  }
}

customElements.define('authorize-page', AuthorizePage);
