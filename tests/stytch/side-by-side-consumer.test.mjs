// Ours beside the original in a consumer project.
import { sideBySide } from './support/side-by-side.mjs';

sideBySide('consumer');
