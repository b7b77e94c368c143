// The messages of a sign-in as a page may show them, and what an error means.

/** Members that are worth something to whoever has them. They are shown by their beginnings only. */
const SECRET = new Set(['code', 'response', 'access_token', 'refresh_token', 'id_token']);
const SHOWN = 6;

const cut = (text) => `${text.slice(0, SHOWN)}… (${text.length} characters)`;

/** A message without its secrets. */
export function shortened(message) {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, SECRET.has(name) ? cut(String(value)) : value]));
}

const ERRORS = {
  access_denied: 'You said no, or your account can’t give this access. The app learns that it has no access, and nothing about why.',
  login_required: 'The app asked without showing a page (prompt=none), and nobody is signed in. Now it can ask again with one.',
  consent_required: 'The app asked without showing a page (prompt=none), and you haven’t allowed all of this yet.',
  interaction_required: 'The app asked without showing a page (prompt=none), but there’s something that only you can decide.',
  account_selection_required: 'The app asked without showing a page (prompt=none), but you have to choose an account first.',
  invalid_scope: 'The app asked for something that this server doesn’t give it.',
  invalid_request: 'The server couldn’t make sense of the request: something in it is missing or wrong.',
  unauthorized_client: 'This app isn’t allowed to ask in this way.',
  server_error: 'Something went wrong at the server. Trying again may help.',
  temporarily_unavailable: 'The server is busy. Trying again in a moment may help.',
};

/** What an error means, in plain English. */
export const explanation = (error) => (
  ERRORS[error] ?? 'The answer didn’t pass a check, so the app refused it. Below is what the check said.'
);
