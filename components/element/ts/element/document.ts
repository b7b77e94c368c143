/** The document, read past the page's own elements: `<img name="cookie">` is `document.cookie` on a page that has one. */

type Tree = Document | ShadowRoot;

/** Reads a member of a tree at its prototype. */
export const read = <Of extends Tree, Name extends keyof Of>(of: Of, name: Name): Of[Name] => Reflect.get(Object.getPrototypeOf(of), name, of);

/** Sets a member of a tree. */
export const write = <Of extends Tree, Name extends keyof Of>(of: Of, name: Name, value: Of[Name]): void => {
  Reflect.set(Object.getPrototypeOf(of), name, value, of);
};

/** Creates an element. */
export const create = (tag: string): HTMLElement => Document.prototype.createElement.call(document, tag);

/** Whether the page is only prerendered. Not every browser has this. */
export const isPrerendering = (): boolean => (
  Object.hasOwn(Document.prototype, 'prerendering') && read(document as Document & { prerendering: boolean }, 'prerendering')
);
