// Pictures as pixels, and as files of few bytes.
import { deflateSync } from 'node:zlib';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

export const decode = (file) => PNG.sync.read(file);
export const encode = (picture) => PNG.sync.write(picture);

/** How many pixels of two pictures of the same size differ, edges that are only smoothed otherwise left out. `diff` becomes the picture of it. */
export function differing(one, other, { threshold = 0.1, diff } = {}) {
  return pixelmatch(one.data, other.data, diff?.data, one.width, one.height, { threshold });
}

/** The top left part of a picture. */
export function cropped(picture, width, height) {
  const part = new PNG({ width, height });
  PNG.bitblt(picture, part, 0, 0, width, height, 0, 0);
  return part;
}

/** The places of the pixels around the middle that stand out from their ground, the most frequent colour there. */
export function ink({ data, width, height }) {
  const pixels = [];
  for (let y = Math.ceil(height * 0.2); y < height * 0.8; y += 1) {
    for (let x = Math.ceil(width * 0.2); x < width * 0.8; x += 1) {
      const at = (y * width + x) * 4;
      pixels.push({ at, color: [...data.subarray(at, at + 3)] });
    }
  }
  const counts = new Map();
  for (const { color } of pixels) counts.set(`${color}`, (counts.get(`${color}`) ?? 0) + 1);
  const [[ground]] = [...counts].sort((one, other) => other[1] - one[1]);
  return pixels.filter(({ color }) => distance(color, ground.split(',').map(Number)) > 100 ** 2).map(({ at }) => at);
}

const NEAR = 4 ** 2;
const distance = (one, other) => (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
const split = (color) => [color >> 16, (color >> 8) & 255, color & 255];

/** The colours of a picture, those that are nearly alike as one: the most frequent of them. */
function palette({ data }) {
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const color = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const chosen = [];
  const places = new Map();
  for (const [color] of [...counts].sort((one, other) => other[1] - one[1])) {
    const parts = split(color);
    let nearest = 0;
    for (let place = 1; place < chosen.length; place += 1) {
      if (distance(chosen[place], parts) < distance(chosen[nearest], parts)) nearest = place;
    }
    const isNew = chosen.length === 0 || (chosen.length < 256 && distance(chosen[nearest], parts) > NEAR);
    places.set(color, isNew ? chosen.push(parts) - 1 : nearest);
  }
  return { chosen, places };
}

/** The checksum of PNG. Node's own is not in every Node 20. */
function crc(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** A PNG with a palette: a third of the bytes. What differs from the picture is not seen, nor by `differing`. */
export function small(picture) {
  const { width, height, data } = picture;
  const { chosen, places } = palette(picture);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      lines[y * (width + 1) + 1 + x] = places.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits a pixel, which name a colour of the palette
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(chosen.flat())),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
