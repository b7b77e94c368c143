// The loader of a page with the widget, and what it asks for before the WebAssembly is there: the request, and the user's language. The
// build makes one script of it. Trunk alone has the loader only.
import './loader.js';
import { choose, ENGLISH } from '../../components/element/ts/element/choice.js';
import { askedRequest, startCall } from '../../components/element/ts/element/request.js';

const { messages, languages = '' } = document.querySelector<HTMLElement>('script[data-wasm]')!.dataset;
const main = document.getElementById('countersign') as HTMLElement & { fetch: typeof fetch };

/** Chooses the user's language, for the program too, and begins to load its file. */
function loadLanguage(): void {
  const language = choose(undefined, languages.split(' '));
  main.dataset['language'] = language;
  if (language !== ENGLISH) document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: '', href: `${messages}${language}.json` }));
}

/** Sends the widget's first call, and leaves a function in the place of `fetch` that answers this one with its response. */
function start(request: object): void {
  const { url, headers, ...init } = startCall(location.pathname.startsWith('/b2b/'), null, request);
  let early: Promise<Response> | undefined = fetch(url, { ...init, headers: { 'Content-Type': 'application/json', ...headers }, credentials: 'include', cache: 'no-store', redirect: 'manual' });
  // The widget tells what failed, as for a call of its own.
  early.catch(() => {});
  main.fetch = (address, options) => {
    const response = address === url && options?.body === init.body ? early : undefined;
    early = undefined;
    return response ?? fetch(address, options);
  };
}

const request = main.dataset['flow'] !== 'logout' && !main.dataset['publicToken'] && askedRequest();
if (request) start(request);
if (top === self) loadLanguage();
