// What tests need inside a page: a backend of the page's own, scripted, and the elements.
export { define, configureMessages, configureWasm, BackendError } from '/npm/index.js';

/** A consent answer, whole and valid. */
export const consent = (more = {}) => ({
  outcome: 'consent',
  transaction: 'T1',
  version: 'V1',
  expires_at: Math.floor(Date.now() / 1000) + 600,
  client: { client_id: 'printer', name: 'Photo Printer', party: 'third', registration: 'managed', verified: true, native: false },
  account: { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  organizations: [],
  scopes: ['openid', 'photos.read', 'photos.write'].map((scope) => ({ scope, grantable: true, required: scope === 'openid', granted: false, sensitive: false })),
  resources: [],
  authorization_details: [],
  redirect_uri: 'https://printer.example/callback',
  can_narrow: true,
  remember: 'never',
  ...more,
});

/** A backend that answers from a list: a value, or a function of the request and its context. Beyond the list it never answers. */
export function scripted(...answers) {
  const calls = [];
  const call = (method) => async (request, context) => {
    calls.push({ method, request, context });
    const answer = answers.shift();
    if (answer === undefined) return new Promise(() => {});
    return typeof answer === 'function' ? answer(request, context) : answer;
  };
  return { calls, start: call('start'), submit: call('submit'), logoutStart: call('logoutStart'), logoutSubmit: call('logoutSubmit') };
}

/** An element of this kind with these properties and attributes, on the page. */
export function put(properties = {}, name = 'countersign-identity-provider', attributes = {}) {
  const element = Object.assign(document.createElement(name), properties);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.told = [];
  for (const type of ['countersign-event', 'countersign-error']) element.addEventListener(type, ({ detail }) => element.told.push(detail));
  document.body.append(element);
  return element;
}

/** The tree that the element's widget is in. */
export const inside = (element) => element.shadowRoot ?? element;

/** The element's widget. */
export const widget = (element) => inside(element).querySelector('.countersign');

/** Settles once `test` holds; looked at with every frame. */
export function until(test) {
  return new Promise((resolve) => {
    const look = () => {
      const found = test();
      if (found) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Settles once the element is in this state, by its widget's own word. */
export const state = (element, word) => until(() => widget(element)?.dataset.state === word);
