/**
 * The style sheets, adopted and shared by all elements. The rules go into the shadow root, or in light DOM into the tree that the element stands in.
 * The tokens go into the document: declared on the host they would hide what a page sets on :root.
 */

import tokens from '../../../../style/tokens.css';
import widget from '../../../../style/widget.css';

type Tree = Document | ShadowRoot;

/** A sheet, made when it is first needed, and how many elements need it where. */
class Shared {
  readonly #text: string;
  readonly #users = new WeakMap<Tree, number>();
  #sheet: CSSStyleSheet | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  #made(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.#text);
    }
    return this.#sheet;
  }

  /** Counts one element more or less. */
  count(tree: Tree, change: 1 | -1): void {
    const before = this.#users.get(tree) ?? 0;
    const sheet = this.#made();
    this.#users.set(tree, before + change);
    const others = tree.adoptedStyleSheets.filter((it) => it !== sheet);
    // Before those that the page itself adopts, so that these win.
    if (before + change === 0) tree.adoptedStyleSheets = others;
    else if (before === 0) tree.adoptedStyleSheets = [sheet, ...others];
  }
}

const rules = new Shared(`:host{display:block}:host([hidden]){display:none}${widget}`);
const values = new Shared(tokens);

/** Adopts the sheets for one more element; answers with what gives them back. */
export function adopt(tree: Tree): () => void {
  rules.count(tree, 1);
  values.count(document, 1);
  return () => {
    rules.count(tree, -1);
    values.count(document, -1);
  };
}
