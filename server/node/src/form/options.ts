/** What a host passes to `cardForm`. */
import { OptionError, checkNames, named } from '../options.ts';
import type { Realm } from '../model.ts';
import type { PageOptions } from '../page.ts';

/** What a renderer gets. `countersign/render` has one. */
export interface RenderInput {
  /** What `authorize/start` answers. */
  readonly answer: object;
  readonly realm?: Realm;
  /** The texts of `messages/<language>.json`. Empty for English, which a renderer has. */
  readonly texts: Readonly<Record<string, string>>;
  readonly language: string;
  /** The call that was answered: `logout` for `logout/start` and `logout/submit`. */
  readonly flow?: 'logout';
  readonly siteName?: string;
  readonly theme?: 'system' | 'light' | 'dark';
  readonly layout?: 'regular' | 'compact';
  readonly logo?: string;
  readonly form?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
}

export interface RenderedCard {
  readonly html: string;
  readonly state: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

export interface CardFormOptions {
  /** Draws the card: `await createRenderer(…)` of `countersign/render`. */
  render(input: RenderInput): RenderedCard;
  /** The style sheet of the page. By default that of the package, if `files` of the page are its files. */
  readonly css?: string;
  /** The texts of a language, as in `messages/<language>.json` of the package. By default they are read there, too. */
  texts?(language: string): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly theme?: 'system' | 'light' | 'dark';
  readonly layout?: 'regular' | 'compact';
  /** A path of the host's own. */
  readonly logo?: string;
  /** Whether the widget takes the card over as soon as it is there (`false`). */
  readonly adopts?: boolean;
}

const NAMES = Object.keys({ render: 0, css: 0, texts: 0, theme: 0, layout: 0, logo: 0, adopts: 0 } satisfies Record<keyof CardFormOptions, 0>);

const fail = (name: string, wanted: string, value: unknown): never => {
  throw new OptionError(`cardForm.${name}`, `\`${name}\` of cardForm() must be ${wanted}; it is ${named(value)}.`);
};

export function checkCardFormOptions(options: CardFormOptions): void {
  checkNames('cardForm()', options ?? {}, NAMES);
  const { render, css, texts } = options ?? {};
  if (typeof render !== 'function') fail('render', '`await createRenderer(…)` of countersign/render', render);
  if (css !== undefined && typeof css !== 'string') fail('css', 'a text', css);
  if (texts !== undefined && typeof texts !== 'function') fail('texts', 'a function', texts);
}

/** What cannot be read from files that the host serves itself, the host must give. */
export function checkPageOf({ css, texts }: CardFormOptions, { files }: PageOptions): void {
  if (typeof files !== 'string') return;
  if (css === undefined) fail('css', 'the style sheet of the page, since `files` of page() is a path', css);
  if (texts === undefined) fail('texts', 'a function that gives the texts of a language, since `files` of page() is a path', texts);
}
