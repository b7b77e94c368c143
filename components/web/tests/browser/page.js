// What the tests change on their page; each change is taken back by `restore`. (`.js`, since the runner serves no `.mjs` as a module.)

/** Holds timers of a second or more until a test lets them run out. */
export class HeldTimers {
  #own = { setTimeout: window.setTimeout, clearTimeout: window.clearTimeout };
  #held = new Map();
  #last = 1_000_000;

  constructor() {
    window.setTimeout = (run, wait, ...rest) => {
      if (!(wait >= 1000)) return this.#own.setTimeout.call(window, run, wait, ...rest);
      this.#last += 1;
      this.#held.set(this.#last, { run, wait });
      return this.#last;
    };
    window.clearTimeout = (id) => this.#held.delete(id) || this.#own.clearTimeout.call(window, id);
  }

  waits() {
    return [...this.#held.values()].map(({ wait }) => wait);
  }

  run_out() {
    const held = [...this.#held.values()];
    this.#held.clear();
    for (const { run } of held) run();
  }

  restore() {
    Object.assign(window, this.#own);
  }
}

/** Counts the timers that are begun. */
export class WatchedTimers {
  #own = window.setTimeout;
  #count = 0;

  constructor() {
    window.setTimeout = (...call) => {
      this.#count += 1;
      return this.#own.call(window, ...call);
    };
  }

  count() {
    return this.#count;
  }

  restore() {
    window.setTimeout = this.#own;
  }
}

const failing = { start: (controller) => controller.error('broken') };
const endings = {
  'rejects with a text': () => Promise.reject('aborted'),
  'rejects with nothing': () => Promise.reject(),
  'rejects with null': () => Promise.reject(null),
  'rejects with an error': () => Promise.reject(new TypeError('Failed to fetch')),
  'throws a number': () => { throw 1; },
  'answers with a number': () => 1,
  'answers with no response': () => Promise.resolve({ status: 200 }),
  'breaks in the body': () => Promise.resolve(new Response(new ReadableStream(failing))),
  'answers': () => Promise.resolve(new Response('{"a":"é"}', {
    status: 429,
    headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '7', 'X-Request-Id': 'R7' },
  })),
  'answers bare': () => Promise.resolve(new Response(null, { status: 204 })),
  'has the file': () => Promise.resolve(new Response('{"allow":"Erlauben"}')),
  'has no such file': () => Promise.resolve(new Response('{"allow":"Erlauben"}', { status: 404 })),
  'never answers': () => new Promise(() => {}),
};

/** `fetch` with an ending of the test's choice; no such ending takes `fetch` itself away. */
export class StubbedFetch {
  #own = window.fetch;
  #calls = [];

  constructor(ending) {
    const end = endings[ending];
    window.fetch = end && ((url, init) => {
      this.#calls.push({ url, init });
      return end();
    });
  }

  count() {
    return this.#calls.length;
  }

  /** The last call, without its signal, as JSON. */
  last() {
    const { url, init } = this.#calls.at(-1);
    return JSON.stringify({ url, ...init, signal: undefined });
  }

  /** Whether the options of the last call and its headers inherit nothing. */
  is_bare() {
    const { init } = this.#calls.at(-1);
    return [init, init.headers].every((it) => Object.getPrototypeOf(it) === null);
  }

  is_aborted() {
    return this.#calls.at(-1).init.signal.aborted;
  }

  restore() {
    window.fetch = this.#own;
  }
}

/** Listeners on the window and the document that were added and not taken away. The widget calls the prototype's methods. */
export class WatchedListeners {
  #there = [];
  #add = EventTarget.prototype.addEventListener;
  #remove = EventTarget.prototype.removeEventListener;

  constructor() {
    const watch = this;
    // Called on nothing, they belong to the window.
    const watched = (target) => [window, document].includes(target ?? window);
    EventTarget.prototype.addEventListener = function add(name, run, ...rest) {
      if (watched(this)) watch.#there.push({ target: this ?? window, name, run });
      return watch.#add.call(this, name, run, ...rest);
    };
    EventTarget.prototype.removeEventListener = function remove(name, run, ...rest) {
      const target = this ?? window;
      watch.#there = watch.#there.filter((one) => one.target !== target || one.name !== name || one.run !== run);
      return watch.#remove.call(this, name, run, ...rest);
    };
  }

  names() {
    return this.#there.map(({ name }) => name);
  }

  restore() {
    EventTarget.prototype.addEventListener = this.#add;
    EventTarget.prototype.removeEventListener = this.#remove;
  }
}

/** What nobody caught. */
export class WatchedErrors {
  #told = [];
  #listen = (event) => {
    if (!(event instanceof ErrorEvent)) return;
    this.#told.push(event.message);
    // The runner would take it for the test's own.
    event.stopImmediatePropagation();
    event.preventDefault();
  };

  constructor() {
    window.addEventListener('error', this.#listen, true);
  }

  told() {
    return this.#told;
  }

  restore() {
    window.removeEventListener('error', this.#listen, true);
  }
}

/** A property of the browser's that reads as the test wants it. */
export class Pretended {
  #target;
  #name;
  #own;

  constructor(target, name, value) {
    this.#target = target;
    this.#name = name;
    this.#own = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, get: () => value });
  }

  restore() {
    if (this.#own) Object.defineProperty(this.#target, this.#name, this.#own);
    else delete this.#target[this.#name];
  }
}

/** Members of a document that the runner of these tests can do without. */
const HIDDEN = [
  'activeElement', 'addEventListener', 'adoptedStyleSheets', 'cookie', 'createElement', 'createElementNS', 'createTextNode', 'dispatchEvent',
  'getSelection', 'hasFocus', 'head', 'hidden', 'implementation', 'importNode', 'prerendering', 'removeEventListener', 'visibilityState',
];

/** Pictures with the names of members of the document, which hide those. */
export class NamedElements {
  #all = [];

  constructor() {
    const [make, { body }] = [document.createElement.bind(document), document];
    for (const name of HIDDEN) {
      const picture = make('img');
      picture.name = name;
      body.append(picture);
      this.#all.push(picture);
    }
  }

  /** Whether the document hides its own members now. */
  hide() {
    return HIDDEN.every((name) => document[name] instanceof HTMLImageElement);
  }

  restore() {
    for (const picture of this.#all) picture.remove();
  }
}

/** What scripts of the page have left in every object. */
export class Inherited {
  #names;

  constructor(members) {
    this.#names = Object.keys(members);
    Object.assign(Object.prototype, members);
  }

  restore() {
    for (const name of this.#names) delete Object.prototype[name];
  }
}

/** The prototype of a class of the browser's. */
export const prototype_of = (name) => globalThis[name].prototype;

/** The state of the entry in the history that the page is at, as JSON. */
export const history_state = () => JSON.stringify(history.state);

/** The page is shown: out of the back-forward cache, or for the first time. */
export function show_page(persisted) {
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted }));
}

/** Whether a key would still do what it does, once all listeners have seen it. */
export function presses(element, key, repeat) {
  return element.dispatchEvent(new KeyboardEvent('keydown', { key, repeat, bubbles: true, cancelable: true }));
}

/** The pairs of a query as the browser reads them, as JSON. */
export function pairs(query) {
  return JSON.stringify([...new URLSearchParams(query)]);
}

/** Gives an element's tree a style sheet until it goes. */
export function style(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

/** Loads these tests once more inside a frame, and lets them mount a widget there. */
export function load_in_frame() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { contentDocument: page, contentWindow: inside } = frame;
  const script = page.createElement('script');
  script.type = 'module';
  script.textContent = `
    import init, { mount_in_frame } from '/wasm-bindgen-test';
    await init('/wasm-bindgen-test_bg.wasm');
    mount_in_frame();
    dispatchEvent(new Event('mounted'));`;
  return new Promise((resolve, reject) => {
    inside.addEventListener('mounted', () => resolve(frame));
    inside.addEventListener('error', reject);
    script.addEventListener('error', reject);
    page.body.append(script);
  });
}

/** Leads the next form that is posted into a frame, and tells what is in it. */
export class PostedForm {
  #frame = document.createElement('iframe');
  #base = document.createElement('base');
  #posted;

  constructor() {
    this.#frame.name = 'posted';
    this.#base.target = 'posted';
    document.body.append(this.#frame);
    document.head.append(this.#base);
    this.#posted = new Promise((resolve) => {
      document.addEventListener('formdata', ({ target, formData }) => {
        // Its own members may be hidden by its fields.
        const own = (name) => target.getAttribute(name);
        resolve(JSON.stringify({ action: own('action'), method: own('method'), fields: Object.fromEntries(formData) }));
      }, { once: true });
    });
  }

  posted() {
    return this.#posted;
  }

  restore() {
    this.#frame.remove();
    this.#base.remove();
  }
}
