/**
 * The card as HTML text, on any server that runs JavaScript and WebAssembly: Node, Deno, Bun, Workers. It needs no DOM.
 *
 * The card comes from the views that the widget itself has. `render()` takes what `authorize/start` answers and returns the
 * elements that the widget draws of the same answer.
 */

import { begin, imports, render as write } from 'countersign:glue/render';

/** A form around the card, with which it works without script. */
export interface RenderForm {
  /** Where it is posted: the form twin of `authorize/submit`. */
  action: string;
  /** Its hidden fields. */
  fields: Readonly<Record<string, string>>;
}

/** A decision on the card, and what came of it. */
export interface Submitted {
  decision: 'allow' | 'deny' | 'request_approval';
  /** What `authorize/submit` answers: an outcome, or a problem document with its `status`. */
  answer: object;
}

/** What a card is made of. The widget on the page needs the same values. */
export interface RenderInput {
  /** What `authorize/start` answers, or `logout/start`: an outcome, or a problem document with its `status`. */
  answer: object;
  /** The language of `texts` (BCP 47). */
  language: string;
  /** The texts of `countersign/messages/<language>.json`. English is in the module, so that it needs none. */
  texts?: Readonly<Record<string, string>> | undefined;
  /** The host's own texts, in place of some of those. */
  messages?: Readonly<Record<string, string>> | undefined;
  /** The kind of accounts; by default `consumer`. */
  realm?: 'consumer' | 'b2b' | undefined;
  /** The call that was answered: `logout` for `logout/start`. By default `authorize`. */
  flow?: 'authorize' | 'logout' | undefined;
  /** The name of the site, if the answer does not give one. */
  siteName?: string | undefined;
  /** The page's host with its port. A site without a name is called by it. */
  host?: string | undefined;
  /** By default as the user's system. */
  theme?: 'system' | 'light' | 'dark' | undefined;
  /** By default regular. */
  layout?: 'regular' | 'compact' | undefined;
  /** The address of the site's logo. */
  logo?: string | undefined;
  /** The user's decision on the card of `answer`, if there was one: the card says what came of it. */
  submitted?: Submitted | undefined;
  form?: RenderForm | undefined;
}

/** A card as HTML. */
export interface RenderedCard {
  /** The element `<div class="countersign">` with the live region and the card, in the form if there is one. */
  html: string;
  /** The state that is shown, such as `consent`. */
  state: string;
  language: string;
  direction: 'ltr' | 'rtl';
}

/** Renders one card. @throws RenderError if the input makes no card */
export type Render = (input: RenderInput) => RenderedCard;

/** The bytes of the program, or the compiled module. TypeScript's own interface of that is empty and would accept any value. */
export type Program = (WebAssembly.Module & object) | BufferSource;

/** Why there is no card: the answer or the texts are not as they should be. The message names the field. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}

/** The module whose instance the glue has now, as long as that works. */
let current: WebAssembly.Module | undefined;

/** Runs the program, in a new instance if the last one has failed. */
function run(module: WebAssembly.Module, ...input: Parameters<typeof write>): string[] {
  if (current !== module) begin(new WebAssembly.Instance(module, imports()).exports);
  current = undefined;
  try {
    const output = write(...input);
    current = module;
    return output;
  } catch (error) {
    if (typeof error !== 'string') throw error;
    current = module;
    throw new RenderError(error);
  }
}

/** The JSON text of an object that is rendered again and again. */
const written = new WeakMap<object, string>();

function textOf(texts: object): string {
  const known = written.get(texts);
  if (known !== undefined) return known;
  const text = JSON.stringify(texts);
  written.set(texts, text);
  return text;
}

/**
 * Compiles the program once. The function that it returns is synchronous, and keeps nothing of a card.
 *
 * @param program - `countersign/render.wasm`: its bytes, or the module as Workers and bundlers give it
 */
export async function createRenderer(program: Program): Promise<Render> {
  const module = program instanceof WebAssembly.Module ? program : await WebAssembly.compile(program);
  return ({ answer, language, texts = {}, ...settings }) => {
    const output = run(module, JSON.stringify(answer), language, textOf(texts), JSON.stringify(settings));
    const [html = '', state = '', spoken = '', direction] = output;
    return { html, state, language: spoken, direction: direction === 'rtl' ? 'rtl' : 'ltr' };
  };
}
