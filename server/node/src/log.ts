/** What is logged of a call. No query, address or subject, unless the host asks for it. */
import type { Account } from './model.ts';

export interface LogEvent {
  readonly event: 'call';
  readonly path: string;
  readonly request_id: string;
  readonly status: number;
  /** Of an answer with status 200. */
  readonly outcome?: string | undefined;
  /** Of a problem. */
  readonly code?: string | undefined;
  /** The time that the call took, in milliseconds. */
  readonly took: number;
  /** The name of an error, and where it was thrown. Its message may have parts of a request. */
  readonly error?: { readonly name: string; readonly at: readonly string[] } | undefined;
  /** Only with `logDetails`. `error` is the error itself: `JSON.stringify` shows nothing of it, its `stack` and `cause` do. */
  readonly details?: { readonly body?: unknown; readonly sub?: string | undefined; readonly error?: unknown } | undefined;
}

/** How a call ended. */
export interface LogResult {
  readonly status: number;
  readonly outcome?: string | undefined;
  readonly code?: string | undefined;
  readonly body?: unknown;
  readonly account?: Account | null | undefined;
  readonly error?: unknown;
}

interface LogOptions {
  log?(event: LogEvent): void;
  readonly logDetails?: boolean;
}

/** The lines of a stack, without the message before them. */
const placesOf = ({ stack = '' }: Error): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim());

/** To the console, if something has failed. An error in JSON is `{}`: the console shows it with its stack and its causes. */
function toConsole({ details: { error, ...details } = {}, ...event }: LogEvent): void {
  if (event.status >= 500) console.error('countersign:', JSON.stringify({ ...event, details }), error ?? '');
}

export function createLog(options: LogOptions, { path, id, clock }: { path: string; id: string; clock: () => number }): (result: LogResult) => void {
  const began = clock();
  return ({ status, outcome, code, body, account, error }) => {
    // What is behind a fault says more than the fault.
    const told = (error as Error | undefined)?.cause ?? error;
    const cause = told instanceof Error && status >= 500 ? told : undefined;
    const event: LogEvent = {
      event: 'call',
      path,
      request_id: id,
      status,
      outcome,
      code,
      took: clock() - began,
      error: cause && { name: cause.name, at: placesOf(cause) },
      details: options.logDetails ? { body, sub: account?.sub, error } : undefined,
    };
    try {
      (options.log ?? toConsole)(event);
    } catch {
      // A log that fails costs no answer.
    }
  };
}
