/** Profile core: start, submit, guards, problem documents, and the code at the client. */
import type { Check } from '../check.ts';
import { coreAnswers } from './answers.ts';
import { bodies } from './core/bodies.ts';
import { callers } from './core/callers.ts';
import { decisions } from './core/decisions.ts';
import { forced } from './core/forced.ts';
import { requests } from './core/requests.ts';
import { tokens } from './core/tokens.ts';
import { versions } from './core/versions.ts';

export const core: readonly Check[] = [...requests, ...forced, ...callers, ...bodies, ...decisions, ...tokens, ...versions, ...coreAnswers];
