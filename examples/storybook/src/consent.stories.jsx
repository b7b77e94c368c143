import { useMemo } from 'react';
import { B2BIdentityProvider, IdentityProvider } from 'countersign/react';
import { clients, scene, sceneNames, scripted } from 'countersign/testing';

/** A screen of the widget, by the name of its scene in the gallery. */
function Card({ scene: name, client, accent, radius, locale, ...props }) {
  const shown = useMemo(() => scene(name, { client, language: locale }), [name, client, locale]);
  // The same backend as long as the scene is the same: another one starts anew.
  const preview = useMemo(() => scripted(shown), [shown]);
  const Provider = shown.realm === 'b2b' ? B2BIdentityProvider : IdentityProvider;
  const tokens = { ...(accent && { '--countersign-accent': accent }), ...(radius && { '--countersign-radius': radius }) };
  return <Provider preview={preview} locale={locale} tokens={tokens} {...props} />;
}

const select = (options) => ({ control: 'select', options });

export default {
  title: 'Countersign/Every screen',
  component: Card,
  args: { scene: 'permissions', client: 'verified', theme: 'light', layout: 'regular', locale: 'en' },
  argTypes: {
    scene: select(sceneNames),
    client: select(Object.keys(clients)),
    theme: select(['system', 'light', 'dark']),
    layout: select(['regular', 'compact']),
    locale: select(['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'ko', 'nl', 'pl', 'pt-BR', 'zh-Hans', 'zh-Hant']),
    accent: { control: 'color' },
    radius: { control: 'text' },
    onEvent: { action: 'event' },
    onError: { action: 'error' },
  },
};

export const Permissions = {};
export const Organizations = { args: { scene: 'organization-choice' } };
export const SelfRegistered = { args: { scene: 'consent', client: 'self-declared' } };
export const Payment = { args: { scene: 'payment' } };
export const Dark = { args: { theme: 'dark' } };
export const German = { args: { locale: 'de' } };
export const YourColours = { args: { accent: '#7c3aed', radius: '4px' } };
export const Failed = { args: { scene: 'failed' } };
export const SignOut = { args: { scene: 'confirm-logout' } };
