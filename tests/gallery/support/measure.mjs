// What can be measured in an open page. Each function here runs in the page, so it holds all that it needs.

/** What does not fit, or is too small to be read: the page where it scrolls sideways, and whatever sticks out of the card or of a box that is drawn around it. */
export function misfits() {
  const found = [];
  const { documentElement: root } = document;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  const card = document.querySelector('.countersign-card');
  const short = (node) => `<${node.localName} class="${node.className}"> ${node.textContent.trim().slice(0, 40)}`;
  const sees = (color) => !/^(transparent|rgba\(.*, 0\))$|\/ 0\)$/.test(color);
  const isPainted = (style) => sees(style.backgroundColor)
    || ['Top', 'Right', 'Bottom', 'Left'].every((side) => parseFloat(style[`border${side}Width`]) > 0 && sees(style[`border${side}Color`]));
  const isDrawn = (style) => style.overflow !== 'visible' || isPainted(style);
  const scrolls = (style) => /auto|scroll/.test(style.overflowY);
  // Up to the card, or to what scrolls: nothing in it is ever outside.
  const boxes = (node) => {
    const around = [];
    for (let it = node; it; it = it.parentElement) {
      const style = getComputedStyle(it);
      if (it === card || (style.display !== 'inline' && isDrawn(style))) around.push([it, style]);
      if (it === card || scrolls(style)) break;
    }
    return around;
  };
  // What is behind a closed fold has places all the same.
  const isUnseen = (element) => element.closest('.countersign-status') || !element.checkVisibility();
  // One line of a text that is whole in the heading, or once its fold is open.
  const heading = document.querySelector('h1')?.textContent ?? '';
  const isOneLine = (node) => {
    for (let it = node; it && it !== card; it = it.parentElement) {
      if (getComputedStyle(it).textOverflow === 'ellipsis' && (it.localName === 'summary' || heading.includes(it.textContent))) return true;
    }
    return false;
  };
  const compare = (what, rects, node) => {
    if (isOneLine(node)) return;
    for (const [box, style] of boxes(node)) {
      const outer = box.getBoundingClientRect();
      for (const rect of rects) {
        if (!rect.width || !rect.height) continue;
        const over = Math.max(outer.left - rect.left, rect.right - outer.right);
        if (over > 0.6) found.push(`${what} sticks ${over.toFixed(1)} px out of ${short(box)}`);
        // What clips its lines at their ends alone has no top and no bottom.
        const isOpen = scrolls(style) || (style.overflowY === 'visible' && box !== card && !isPainted(style));
        const below = isOpen ? 0 : Math.max(outer.top - rect.top, rect.bottom - outer.bottom);
        if (below > 0.6) found.push(`${what} is ${below.toFixed(1)} px above or below ${short(box)}`);
      }
      if (style.overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1) found.push(`${short(box)} hides ${box.scrollWidth - box.clientWidth} px of what is in it`);
    }
  };
  for (const element of card.querySelectorAll('*')) {
    if (!isUnseen(element)) compare(short(element), [element.getBoundingClientRect()], element.parentElement);
  }
  const words = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode;
    if (!node.data.trim() || isUnseen(node.parentElement)) continue;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (size < 13) found.push(`“${node.data.trim().slice(0, 40)}” is ${size} px small`);
    const range = document.createRange();
    range.selectNodeContents(node);
    compare(`“${node.data.trim().slice(0, 40)}”`, range.getClientRects(), node.parentElement);
  }
  return [...new Set(found)];
}

/** The spacing that WCAG 2.2 wants a reader to be free to set (1.4.12). By a style sheet that was made here: the policy allows no other. */
export function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
}

/** What can be pressed and has no edge that is seen, and is no link or words of one. For the system's own colours, where no background is left. */
export function edgeless() {
  const sees = (color) => !/^(transparent|rgba\(.*, 0\))$/.test(color);
  const shown = [...document.querySelectorAll('.countersign :is(button, input, summary, a)')].filter((it) => it.checkVisibility());
  return shown.filter((it) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, textDecorationLine, backgroundColor } = getComputedStyle(it);
    const edge = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0 && sees(borderTopColor) && borderTopColor !== backgroundColor;
    return !edge && textDecorationLine !== 'underline';
  }).map((it) => it.outerHTML.slice(0, 160));
}

/** The lines of host names that end within a label, which could be read as the end of another name. A label alone may be longer than a line. Runs in the page. */
export function brokenHosts() {
  const found = [];
  for (const host of document.querySelectorAll('.countersign .countersign-address')) {
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    const letters = [];
    while (walker.nextNode()) {
      for (let at = 0; at < walker.currentNode.data.length; at += 1) {
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        letters.push({ letter: walker.currentNode.data[at], line: Math.round(range.getBoundingClientRect().top / 8) });
      }
    }
    letters.forEach(({ letter, line }, at) => {
      const next = letters[at + 1];
      const label = host.textContent.lastIndexOf('.', at) + 1;
      const isAlone = letters[label].line !== line || letters[label - 1]?.line !== line;
      if (next && next.line !== line && letter !== '.' && !isAlone) found.push(`“${host.textContent}” breaks after “${letter}”, letter ${at}`);
    });
  }
  return found;
}

/** What is not in the middle of the card, from one side to the other. */
export function aside() {
  const middle = ({ left, right }) => (left + right) / 2;
  const card = document.querySelector('.countersign-card');
  return [...card.children].filter((child) => !child.closest('.countersign-status')).flatMap((child) => {
    const range = document.createRange();
    range.selectNodeContents(child);
    const rect = range.getBoundingClientRect();
    const off = middle(rect) - middle(card.getBoundingClientRect());
    return rect.width === 0 || Math.abs(off) < 2 ? [] : [`<${child.localName} class="${child.className}"> is ${off.toFixed(1)} px off the middle`];
  });
}
