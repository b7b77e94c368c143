/** The style sheets, adopted: by the shadow root, or in light DOM by the tree that the element stands in. One sheet for all elements. */

import tokens from '../../../../style/tokens.css';
import widget from '../../../../style/widget.css';

type Tree = Document | ShadowRoot;

let sheet: CSSStyleSheet | undefined;
const users = new WeakMap<Tree, number>();

function ours(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`${tokens}:host{display:block}:host([hidden]){display:none}${widget}`);
  }
  return sheet;
}

/** Adopts the sheet for one more element; answers with what gives it back. */
export function adopt(tree: Tree): () => void {
  const count = users.get(tree) ?? 0;
  // Before those that the page itself adopts, so that these win.
  if (count === 0) tree.adoptedStyleSheets = [ours(), ...tree.adoptedStyleSheets];
  users.set(tree, count + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const left = (users.get(tree) ?? 1) - 1;
    users.set(tree, left);
    if (left === 0) tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((it) => it !== sheet);
  };
}
