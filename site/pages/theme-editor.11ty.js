// The theme editor. Its fields are made by its script, from the tokens of the style sheets.
import { escaped } from '../content/markdown.mjs';
import { editor } from '../content/tokens.mjs';

const options = (all) => all.map(([value, words]) => `<option value="${escaped(value)}">${escaped(words)}</option>`).join('');
const byGroup = (scenes) => [...Map.groupBy(scenes, ({ group }) => group)].map(([group, all]) => (
  `<optgroup label="${escaped(group)}">${options(all.map(({ name, title }) => [name, title]))}</optgroup>`
)).join('');

export const data = {
  layout: 'page.11ty.js', permalink: '/theme-editor/', title: 'Theme editor', summary: 'Change the tokens of the card, look at the real one, and take the style sheet.', article: {}, wide: true, scripts: ['theme-editor'],
};

export const render = () => `<h1>Theme editor</h1>
<p class="lead">Change tokens, look at the real card, and take the style sheet. <a href="/theming/">Theming</a> says what else can be changed. The page’s address keeps your changes.</p>
<noscript><p>The editor needs JavaScript. All tokens are in <a href="/theming/#tokens">Theming</a>.</p></noscript>
<div class="editor" id="editor" data-source="${escaped(JSON.stringify(editor))}">
<form class="editor-tokens" id="tokens" autocomplete="off" aria-label="Tokens"></form>
<div class="editor-stage">
<form class="look" id="look" autocomplete="off" aria-label="What is shown">
<label>Start from <select name="theme">${options(Object.keys(editor.themes).map((name) => [name, name]))}</select></label>
<label>Colours <select name="colours">${options([['light', 'Light'], ['dark', 'Dark']])}</select></label>
<label>Screen <select name="scene">${byGroup(editor.scenes)}</select></label>
<button class="button quiet" type="reset">Undo all changes</button>
</form>
<iframe id="preview" title="The card with your changes"></iframe>
<div role="status" id="contrast"></div>
<h2>Your style sheet</h2>
<pre class="sample" tabindex="0"><code id="sheet"></code></pre>
</div>
</div>`;
