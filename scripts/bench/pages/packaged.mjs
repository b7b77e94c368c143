// The files of the npm package, as `npm run pack` made them.
import { inRoot } from '../../lib/root.mjs';

export const packaged = (...parts) => inRoot('target', 'npm', 'package', 'dist', ...parts);
