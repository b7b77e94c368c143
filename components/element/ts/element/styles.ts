/**
 * The style sheets, adopted and shared by all elements. The rules are adopted by the shadow root, or in light DOM by the tree that
 * contains the element. The tokens are adopted by the document: on the host they would override those that a page sets on `:root`.
 */

import { read, write } from './document.js';
import tokens from '../../../../style/tokens.css';
import widget from '../../../../style/widget.css';

type Tree = Document | ShadowRoot;

/** A style sheet, created at its first use, with the number of elements that use it in each tree. */
class SharedSheet {
  readonly #text: string;
  readonly #users = new WeakMap<Tree, number>();
  #sheet: CSSStyleSheet | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  #get(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.#text);
    }
    return this.#sheet;
  }

  /** Counts one element more or less. */
  count(tree: Tree, change: 1 | -1): void {
    // A document of a test has no such sheets.
    if (!('adoptedStyleSheets' in tree)) return;
    const before = this.#users.get(tree) ?? 0;
    const sheet = this.#get();
    this.#users.set(tree, before + change);
    const others = read(tree, 'adoptedStyleSheets').filter((it) => it !== sheet);
    // First, so that the sheets of the page take precedence.
    if (before + change === 0) write(tree, 'adoptedStyleSheets', others);
    else if (before === 0) write(tree, 'adoptedStyleSheets', [sheet, ...others]);
  }
}

const rules = new SharedSheet(`:host{display:block}:host([hidden]){display:none}${widget}`);
const values = new SharedSheet(tokens);

/** Adopts the sheets for one more element. Returns a function that releases them. */
export function adopt(tree: Tree): () => void {
  rules.count(tree, 1);
  values.count(document, 1);
  return () => {
    rules.count(tree, -1);
    values.count(document, -1);
  };
}
