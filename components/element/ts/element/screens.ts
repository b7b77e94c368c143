/** The two screens without WebAssembly: the card's outline, and an error with at most one button. */

import cardOutline, { type Fragment } from '../../../../style/outline.html';
import { create } from './document.js';
import type { Texts, WithTexts } from './language.js';
import type { CurrentSettings } from './settings.js';

function node(tag: string, names: string, ...children: (Node | string)[]): HTMLElement {
  const made = create(tag);
  if (names) made.className = names;
  made.append(...children);
  return made;
}

function build([tag, className, ...children]: Fragment): HTMLElement {
  const made = node(tag, className, ...children.map(build));
  if (!children.length) made.ariaHidden = 'true';
  return made;
}

/** Sets the language of the texts. */
function speaks(root: HTMLElement, { lang }: Texts): HTMLElement {
  return Object.assign(root, { lang, dir: /^(ar|he)/.test(lang) ? 'rtl' : 'ltr' });
}

/** Whether the browser is older than the oldest that the package is made for (`browserslist` in `package.json`). */
export const isOld = (): boolean => globalThis.CSS?.supports('color', 'light-dark(red, red)') === false;

/** What the page says above the card in such a browser. */
export const oldBrowser = (texts: Texts): HTMLElement => (
  speaks(node('p', 'countersign-note countersign-caution', texts.shell_unsupported), texts)
);

/** A screen with the card's outline and without text. */
function skeleton(state: string) {
  const status = node('p', 'countersign-status');
  status.setAttribute('role', 'status');
  const card = node('div', 'countersign-card', ...cardOutline.map(build));
  card.ariaBusy = 'true';
  card.setAttribute('part', 'card');
  const root = node('div', 'countersign', status, card);
  root.dataset['state'] = state;
  root.setAttribute('part', 'root');
  const announce = (texts: Texts, text: string) => {
    speaks(root, texts);
    status.textContent = text;
  };
  return { root, card, announce };
}

/** The card's outline. */
export function outline(withTexts: WithTexts): HTMLElement {
  const { root, announce } = skeleton('loading');
  withTexts((texts) => announce(texts, texts.outline_status));
  return root;
}

/** Copies language and status from the outline to the widget, which starts with an English outline of its own. */
export function continueFrom({ lang, dir, firstChild }: HTMLElement, widget: HTMLElement): void {
  Object.assign(widget, { lang, dir });
  if (widget.firstChild) widget.firstChild.textContent = firstChild?.textContent ?? '';
}

/** The states without the widget. */
export type ErrorState = 'unavailable' | 'unsupported' | 'stopped' | 'misconfigured';

const TEXTS: Record<ErrorState, [text: keyof Texts, button?: keyof Texts]> = {
  unavailable: ['shell_unavailable', 'shell_try_again'],
  unsupported: ['shell_unsupported', 'shell_reload'],
  stopped: ['shell_stopped', 'shell_reload'],
  misconfigured: ['shell_setup'],
};

/** An error: one sentence, and a button if the user can do something. It is an outline until the texts are loaded. */
export function errorScreen(state: ErrorState, withTexts: WithTexts, onPress: () => void): HTMLElement {
  const { root, card, announce } = skeleton(state);
  withTexts((texts) => {
    const [text, label] = TEXTS[state];
    const heading = node('h1', 'countersign-title', texts.shell_title);
    heading.setAttribute('part', 'heading');
    heading.tabIndex = -1;
    const sign = node('span', `countersign-mark countersign-sign${state === 'unavailable' ? ' countersign-offline' : ''}`);
    sign.ariaHidden = 'true';
    card.ariaBusy = null;
    card.replaceChildren(sign, heading, node('p', 'countersign-text', texts[text]));
    if (label) {
      const button = node('button', 'countersign-button', texts[label]) as HTMLButtonElement;
      button.type = 'button';
      button.setAttribute('part', 'button');
      button.addEventListener('click', onPress);
      const actions = node('div', 'countersign-actions', button);
      actions.setAttribute('part', 'actions');
      card.append(actions);
    }
    announce(texts, `${texts.shell_title}. ${texts[text]}`);
    queueMicrotask(() => heading.focus());
  });
  return root;
}

/** Adds the slots above and below the card. */
export function addSlots(widget: HTMLElement): void {
  const [header, footer] = ['header', 'footer'].map((name) => Object.assign(create('slot'), { name }));
  widget.querySelector('.countersign-card')?.before(header as Node);
  widget.append(footer as Node);
}

type Appearance = Pick<CurrentSettings, 'theme' | 'layout' | 'tokens'>;

const requestedLayout = () => (new URLSearchParams(location.search).getAll('display').join() === 'popup' ? 'compact' : 'regular');

/** Sets theme, layout and tokens on the widget's root; `before` are the tokens set last. */
export function applyAppearance(widget: HTMLElement, { theme, layout = 'auto', tokens }: Appearance, before: Appearance['tokens']): void {
  const setData = (name: string, value: string | undefined, standard: string) => {
    if (value && value !== standard) widget.dataset[name] = value;
    else delete widget.dataset[name];
  };
  setData('theme', theme, 'system');
  setData('layout', layout === 'auto' ? requestedLayout() : layout, 'regular');
  for (const name of Object.keys(before ?? {})) widget.style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens ?? {})) {
    if (name.startsWith('--countersign-')) widget.style.setProperty(name, value);
  }
}
