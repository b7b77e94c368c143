// Puts the widget's files where Cloudflare serves static assets from.
import { cpSync } from 'node:fs';

const dist = new URL('./dist/', import.meta.resolve('countersign/package.json'));
const isOfPages = (name) => !/dist\/(server|types)$/.test(name);
cpSync(dist, new URL('./public/lib/countersign/', import.meta.url), { recursive: true, dereference: true, filter: isOfPages });
