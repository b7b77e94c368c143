// The way of the focus through an open page, with the Tab key alone.

/** What is focused, as assistive technology names it (`button "Allow"`), without what else it is. */
export async function focused(page) {
  const snapshot = await page.locator(':focus').ariaSnapshot();
  return snapshot.split('\n')[0].replace(/^- /, '').replace(/ \[(?!disabled).*?\]/g, '').replace(/:$/, '');
}

/** The ring around what is focused: its width, its contrast to what it stands on, and whether it is in the window. In the page. */
function ring() {
  const element = document.activeElement;
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const paint = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const around = [];
  for (let it = element.parentElement; it; it = it.parentElement) around.unshift(getComputedStyle(it).backgroundColor);
  const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(element);
  const under = ['white', ...around].map(paint).at(-1);
  const over = paint(outlineColor);
  const box = element.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    width: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
    contrast: (Math.max(over, under) + 0.05) / (Math.min(over, under) + 0.05),
    // The words of a box lie over it.
    seen: element.contains(middle) || middle?.closest('label')?.control === element,
  };
}

/** Every stop from where the focus is to the end of the page: `{ name, width, contrast, seen }`. */
export async function stops(page) {
  const found = [];
  // No hand is quicker than the frame in which the page hears of a scroll.
  const tab = async () => {
    await page.keyboard.press('Tab');
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  };
  await tab();
  while (await page.evaluate(() => document.activeElement !== document.body)) {
    found.push({ name: await focused(page), ...await page.evaluate(ring) });
    await tab();
  }
  return found;
}

/** What is wrong with how stops are seen: WCAG 2.2, 2.4.7, 2.4.11, 2.4.13. */
export const unseen = (all) => all.filter(({ width, contrast, seen }) => width < 2 || contrast < 3 || !seen)
  .map(({ name, width, contrast, seen }) => `${name}: a ring of ${width} px at ${contrast.toFixed(1)}:1, ${seen ? '' : 'not '}in the window`);
