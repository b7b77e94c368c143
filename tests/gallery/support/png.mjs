// Pictures as pixels.
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

export const decode = (file) => PNG.sync.read(file);

/** How many pixels of two pictures of the same size differ by more than what a font rasteriser does. `diff` becomes the picture of it. */
export function differing(one, other, diff) {
  return pixelmatch(one.data, other.data, diff?.data, one.width, one.height, { threshold: 0.2 });
}
