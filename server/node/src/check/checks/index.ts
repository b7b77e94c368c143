/** All checks, by profile. `grants` and `device` join here when the API has them. */
import type { Check } from '../check.ts';
import type { Profile } from '../model.ts';
import { b2b } from './b2b.ts';
import { core } from './core.ts';
import { details } from './details.ts';
import { logout } from './logout.ts';
import { narrowing } from './narrowing.ts';
import { page } from './page.ts';
import { remember } from './remember.ts';

export const CHECKS: Readonly<Record<Profile, readonly Check[]>> = { core, narrowing, remember, b2b, details, logout, page };
