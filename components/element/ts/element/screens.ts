/** The two screens that stand without WebAssembly: the card's outline, and a sentence with one way on. Plain nodes, no markup. */

import { outline_status, shell_reload, shell_setup, shell_stopped, shell_title, shell_try_again, shell_unavailable } from '../../../../messages/en.json';
import type { Theme, Tokens } from '../options.js';

function node(tag: string, names: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (names) made.className = names;
  made.append(...children);
  return made;
}

function root(state: string, status: string, card: HTMLElement): HTMLElement {
  const spoken = node('p', 'countersign-status', status);
  spoken.setAttribute('role', 'status');
  card.setAttribute('part', 'card');
  const made = node('div', 'countersign', spoken, card);
  made.lang = 'en';
  made.dir = 'ltr';
  made.dataset['state'] = state;
  made.setAttribute('part', 'root');
  return made;
}

const bones = (count: number, tag: string, names: string) => Array.from({ length: count }, () => node(tag, names));

/** The card's outline, of the card's own pieces. */
export function outline(): HTMLElement {
  const card = node(
    'div',
    'countersign-card',
    node('div', 'countersign-parties', ...bones(2, 'span', 'countersign-mark')),
    node('p', 'countersign-title countersign-bone'),
    node('p', 'countersign-panel countersign-bone'),
    node('div', '', ...bones(6, 'p', 'countersign-scope countersign-bone')),
    node('div', 'countersign-actions', ...bones(2, 'span', 'countersign-button countersign-bone')),
  );
  card.setAttribute('aria-busy', 'true');
  return root('loading', outline_status, card);
}

/** What went wrong without the widget, by the state that tells of it. */
export type Trouble = 'unavailable' | 'stopped' | 'misconfigured';

const TEXTS: Record<Trouble, [text: string, button?: string]> = {
  unavailable: [shell_unavailable, shell_try_again],
  stopped: [shell_stopped, shell_reload],
  misconfigured: [shell_setup],
};

/** One sentence, and what the user can do about it. */
export function trouble(state: Trouble, act: () => void): HTMLElement {
  const [text, label] = TEXTS[state];
  const heading = node('h1', 'countersign-title', shell_title);
  heading.setAttribute('part', 'heading');
  heading.tabIndex = -1;
  const sign = node('span', 'countersign-mark countersign-sign');
  sign.ariaHidden = 'true';
  const card = node('div', 'countersign-card', sign, heading, node('p', 'countersign-text', text));
  if (label) {
    const button = node('button', 'countersign-button', label) as HTMLButtonElement;
    button.type = 'button';
    button.setAttribute('part', 'button');
    button.addEventListener('click', act);
    card.append(node('div', 'countersign-actions', button));
  }
  const made = root(state, `${shell_title}. ${text}`, card);
  queueMicrotask(() => heading.focus());
  return made;
}

/** Theme and tokens on a widget's root, through the object model. */
export function dress(widget: HTMLElement, theme: Theme | undefined, tokens: Tokens | undefined, before: Tokens | undefined): void {
  if (theme && theme !== 'system') widget.dataset['theme'] = theme;
  else delete widget.dataset['theme'];
  for (const name of Object.keys(before ?? {})) widget.style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens ?? {})) {
    if (name.startsWith('--countersign-')) widget.style.setProperty(name, value);
  }
}
