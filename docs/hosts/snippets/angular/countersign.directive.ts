import { afterNextRender, Directive, effect, ElementRef, inject, input, output } from '@angular/core';
import { define, type CountersignErrorDetail, type CountersignEventDetail, type IdentityProviderElement } from 'countersign';

const PROPERTIES = [
  'apiBase', 'loginUrl', 'returnToParam', 'flow', 'locale', 'siteName', 'logo', 'theme', 'layout',
  'stytch', 'backend', 'preview', 'messages', 'tokens', 'getConsentManifest', 'detailRenderers', 'onLogin',
  'trustedToken', 'debug',
] as const;

/** The elements in templates, with types for what they are given. */
@Directive({
  selector: 'countersign-identity-provider, countersign-b2b-identity-provider',
  host: {
    '(countersign-event)': 'countersignEvent.emit($event.detail)',
    '(countersign-error)': 'countersignError.emit($event.detail)',
  },
})
export class Countersign {
  readonly apiBase = input<IdentityProviderElement['apiBase']>();
  readonly loginUrl = input<IdentityProviderElement['loginUrl']>();
  readonly returnToParam = input<IdentityProviderElement['returnToParam']>();
  readonly flow = input<IdentityProviderElement['flow']>();
  readonly locale = input<IdentityProviderElement['locale']>();
  readonly siteName = input<IdentityProviderElement['siteName']>();
  readonly logo = input<IdentityProviderElement['logo']>();
  readonly theme = input<IdentityProviderElement['theme']>();
  readonly layout = input<IdentityProviderElement['layout']>();
  readonly stytch = input<IdentityProviderElement['stytch']>();
  readonly backend = input<IdentityProviderElement['backend']>();
  readonly preview = input<IdentityProviderElement['preview']>();
  readonly messages = input<IdentityProviderElement['messages']>();
  readonly tokens = input<IdentityProviderElement['tokens']>();
  readonly getConsentManifest = input<IdentityProviderElement['getConsentManifest']>();
  readonly detailRenderers = input<IdentityProviderElement['detailRenderers']>();
  readonly onLogin = input<IdentityProviderElement['onLogin']>();
  readonly trustedToken = input<IdentityProviderElement['trustedToken']>();
  readonly debug = input<IdentityProviderElement['debug']>();

  readonly countersignEvent = output<CountersignEventDetail>();
  readonly countersignError = output<CountersignErrorDetail>();

  constructor() {
    const { nativeElement } = inject<ElementRef<IdentityProviderElement>>(ElementRef);
    effect(() => {
      for (const name of PROPERTIES) Object.assign(nativeElement, { [name]: this[name]() });
    });
    // After the inputs are set. On a server nothing is defined.
    afterNextRender(() => define());
  }
}
