/** What stops a check, or the run. */

/** The config or the command line cannot be used. Exit code 2. */
export class ConfigError extends Error {
  /** The place in the config: `/accounts/first/sign_in`. */
  readonly place: string;

  constructor(place: string, message: string) {
    super(place === '' ? message : `${place}: ${message}`);
    this.name = 'ConfigError';
    this.place = place;
  }
}

/** The run cannot go on: a limit is reached, or a request would leave the origin. Exit code 2. */
export class Stopped extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Stopped';
  }
}

/** The server does not do what a check asks for. */
export class Failed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Failed';
  }
}

/** A check has nothing to test at this server. */
export class NotApplicable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotApplicable';
  }
}
