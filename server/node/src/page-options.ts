/** The options of a page, before anybody sees it empty. */
import type { Files } from './files.ts';
import { OptionError, checkNames, named } from './options.ts';
import type { PageOptions } from './page.ts';

const NAMES = Object.keys({
  realm: 0, authorize: 0, logout: 0, loginUrl: 0, files: 0, longest: 0, keepQueries: 0, icon: 0, form: 0, html: 0,
} satisfies Record<keyof PageOptions, 0>);
/** The file of the package that begins the widget. */
const PROGRAM = 'register.js';

const fail = (name: string, wanted: string): never => {
  throw new OptionError(`page.${name}`, `\`${name}\` of page() must be ${wanted}.`);
};

function checkFiles(files: unknown, isOwnPage: boolean): void {
  const wanted = '`await packageFiles()` of countersign/server/node, or the path at which you serve the folder `dist` of the package, with its last slash: "/lib/countersign/"';
  if (typeof files === 'string') {
    if (!/^(?:\/|https:\/\/).*\/$/.test(files)) fail('files', `${wanted}; it is ${named(files)}`);
    return;
  }
  const { names, read } = (files ?? {}) as Partial<Files>;
  if (!Array.isArray(names) || typeof read !== 'function') fail('files', `${wanted}; it is ${named(files)}`);
  else if (!isOwnPage && !names.includes(PROGRAM)) fail('files', `the files of the npm package; the folder has no ${PROGRAM}. It is the folder \`dist\`: \`await packageFiles()\` finds it by itself`);
}

export function checkPageOptions(options: { readonly files: unknown; readonly html?: unknown }): void {
  checkNames('page()', options ?? {}, NAMES);
  const { authorize, logout, loginUrl, icon, keepQueries, form, html } = options as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries({ authorize, logout, loginUrl, icon })) {
    if (value !== undefined && !(typeof value === 'string' && (value.startsWith('/') || name === 'loginUrl'))) fail(name, `a path of the site, such as "/oauth/authorize"; it is ${named(value)}`);
  }
  if (keepQueries !== undefined && typeof keepQueries !== 'boolean') fail('keepQueries', `true or false; it is ${named(keepQueries)}`);
  if (form !== undefined && typeof (form as { take?: unknown } | null)?.take !== 'function') fail('form', `what \`cardForm\` of countersign/server/form returns; it is ${named(form)}`);
  if (html !== undefined && typeof html !== 'function') fail('html', `a function; it is ${named(html)}`);
  checkFiles(options?.files, html !== undefined);
}
