// Converts style/outline.html to data, because the element creates its nodes without HTML (Trusted Types).

/** A tag with nothing but a class, and `aria-hidden` if it is empty. */
const TAG = /^<(?:(?<empty>\w+)(?: class="(?<only>[^"]*)")? aria-hidden="true"><\/\k<empty>|(?<tag>\w+)(?: class="(?<classes>[^"]*)")?|\/\w+)>\s*/;

/** The line for a page whose program does not come. The element says so itself, and the line has a text, which the others have not. */
const SLOW = /<p class="countersign-note countersign-slow"[^]*?<\/p>\s*/;

/**
 * The elements of a fragment, each as `[tag, class, ...children]`.
 *
 * @param {string} html
 */
export function nodesOf(html) {
  const root = [];
  const open = [root];
  for (let rest = html.replace(SLOW, '').trim(); rest;) {
    const [matched, found] = [rest.match(TAG)?.[0], rest.match(TAG)?.groups];
    if (!found) throw new Error(`style/outline.html has more than tags, classes and aria-hidden: ${rest.slice(0, 60)}`);
    const node = [found.empty ?? found.tag, found.only ?? found.classes ?? ''];
    if (node[0]) open.at(-1).push(node);
    if (found.tag) open.push(node);
    else if (!found.empty) open.pop();
    rest = rest.slice(matched.length);
  }
  return root;
}
