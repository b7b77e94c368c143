// Lays filmstrips out on one page, one below the other, and takes its picture.
const SCALE = 1 / 3;
const COLUMNS = 10;
const QUALITY = 70;

/** One strip from a step on. Runs in the page. */
async function row({ title, visible, frames }, from, columns) {
  const create = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const strip = create('div', { className: 'strip' });
  for (const { at, isVisible, data } of frames.slice(from, from + columns)) {
    const image = create(data ? 'img' : 'i', data ? { src: `data:image/jpeg;base64,${data}` } : {});
    if (data) await image.decode();
    strip.append(create('figure', { className: isVisible ? 'visible' : '' }, image, create('figcaption', {}, `${(at / 1000).toFixed(1)} s`)));
  }
  document.body.append(create('section', {}, ...(from === 0 ? [create('p', {}, `${title}: Allow after ${Math.round(visible)} ms`)] : []), strip));
}

/** Runs in the page. Answers its size. */
function sizes() {
  const { width, height } = document.body.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

const style = ({ width, height }) => `
body { display: inline-grid; gap: 10px; margin: 0; padding: 12px; background: #e9ebee; color: #1f2328; font: 13px system-ui, sans-serif; }
p { margin: 0 0 4px; font-weight: 600; }
.strip { display: flex; gap: 4px; }
figure { margin: 0; }
figcaption { margin-block-start: 2px; text-align: center; }
img, i { display: block; box-sizing: border-box; inline-size: ${width * SCALE}px; block-size: ${height * SCALE}px; border: 1px solid #c4c8cf; background: #fff; }
.visible img { border: 2px solid #1f7a5c; }`;

/** Strips of pictures of a window, as a WebP. What is longer than a line goes on below, both strips together. */
export async function sheetOf(browser, strips, window) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addStyleTag({ content: style(window) });
    const longest = Math.max(...strips.map(({ frames }) => frames.length));
    for (let from = 0; from < longest; from += COLUMNS) {
      for (const strip of strips.filter(({ frames }) => frames.length > from)) await page.evaluate(`(${row})(${JSON.stringify(strip)}, ${from}, ${COLUMNS})`);
    }
    await page.setViewportSize(await page.evaluate(sizes));
    const session = await context.newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
    return Buffer.from(data, 'base64');
  } finally {
    await context.close();
  }
}
