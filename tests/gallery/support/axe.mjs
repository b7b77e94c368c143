// axe in an open page. Evaluated, not added as a script: the pages' own policy refuses that.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** The palettes, in light and dark. */
export const LOOKS = ['none', 'paper', 'harbor'].flatMap((palette) => ['light', 'dark'].map((theme) => ({ palette, theme })));

/** Puts axe into a page that was just opened. */
export const bring = (page) => page.evaluate(axe.source);

/** Changes what the open card looks like: the same attributes that the gallery sets when its address says so. */
export const wear = (page, look) => page.evaluate(({ palette, theme }) => {
  const { documentElement: page } = document;
  page.dataset.theme = theme;
  page.dataset.countersignTheme = palette;
  document.querySelector('.countersign').dataset.theme = theme;
}, look);

/** What axe finds on the card: to each finding, where it was made. */
export class Findings {
  constructor() {
    this.places = new Map();
  }

  async look(page, place) {
    const found = await page.evaluate(async (tags) => {
      const { violations, incomplete } = await window.axe.run('.countersign', { runOnly: tags });
      // A contrast that it cannot compute is one that nobody has checked; but for an initial, for what is scrolled out of a list, and for two letters
      // of a host name, which have the colours of the rest of it.
      const isKnown = ({ any, html }) => any.every(({ data }) => ['shortTextContent', 'elmPartiallyObscured'].includes(data?.messageKey)
        || (data?.messageKey === 'pseudoContent' && html.includes('class="countersign-joined"')));
      const unknown = incomplete.filter(({ id }) => id === 'color-contrast').map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isKnown(node)) }));
      return [...violations, ...unknown].flatMap(({ id, help, nodes }) => nodes.map(({ html, any, all, none }) => (
        `${id}: ${help}: ${html.slice(0, 200)}: ${[...any, ...all, ...none].map(({ message }) => message).join(' ')}`)));
    }, TAGS);
    for (const line of found) this.places.set(line, [...this.places.get(line) ?? [], place]);
  }

  /** The open card in every theme. */
  async inEveryLook(page, place) {
    await bring(page);
    for (const look of LOOKS) {
      await wear(page, look);
      await this.look(page, `${place} ${look.palette} ${look.theme}`);
    }
  }

  lines() {
    return [...this.places].map(([line, places]) => `${line}\n    on ${places.join(', ')}`);
  }
}
