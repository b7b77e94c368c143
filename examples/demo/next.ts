// The loader of the login page, and what the page after it needs: the build writes the addresses on the loader's tag. Trunk alone has the
// loader only.
import './loader.js';
import { choose, ENGLISH } from '../../components/element/ts/element/choice.js';
import { ahead } from '../../components/element/ts/preload/ahead.js';

const { next = '', nextMessages, nextLanguages = '' } = document.querySelector<HTMLElement>('script[data-wasm]')!.dataset;
const language = choose(undefined, nextLanguages.split(' '));
void ahead([...next.split(' '), ...(language === ENGLISH ? [] : [`${nextMessages}${language}.json`])]);
