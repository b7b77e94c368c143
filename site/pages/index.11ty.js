// The first page.
import { document } from '../content/documents.mjs';
import { code, escaped, rendered } from '../content/markdown.mjs';
import { lead, points } from '../content/readme.mjs';

const README = 'README.md';
const FIRST = [
  ['/hosts/react/', 'React', 'One component, and it renders on a server too.'],
  ['/hosts/vanilla/', 'Plain HTML', 'Two lines: a script and an element.'],
  ['/leptos/', 'Leptos', 'The same card as a component in Rust.'],
  ['/from-stytch/', 'From Stytch', 'What to change, and what can go.'],
  ['/backend/', 'Your server', 'Four JSON calls, or the kit that makes them.'],
  ['/api/', 'API reference', 'Every call, with an example of each body.'],
  ['/theme-editor/', 'Theme editor', 'Change a token and look at the real card.'],
  ['/errors/', 'Error codes', 'What each means, and its likely cause.'],
];

const SAMPLE = `<script type="module" src="/lib/countersign/register.js"></script>
<countersign-identity-provider login-url="/login"></countersign-identity-provider>
`;

export const data = { layout: 'page.11ty.js', permalink: '/', title: 'Countersign', summary: lead, article: {}, wide: true };

export const render = () => `<div class="hero"><div>
<h1>The consent page of your authorization server</h1>
<p class="lead">${escaped(lead)}</p>
<p class="actions"><a class="button" href="/element/">Get started</a> <a class="button quiet" href="/gallery/">See every screen</a></p>
</div>
<picture><source media="(prefers-color-scheme: dark)" srcset="/images/consent-dark.png"><img src="/images/consent.png" width="1920" height="1160" alt="The consent card: Photo Printer wants access to your Harbor account. On the right its permissions, on the left who is signed in, where the user goes next, and the buttons Deny and Allow."></picture></div>
${code(SAMPLE, 'html')}
<ul class="tiles">${FIRST.map(([url, title, words]) => `<li><a class="tile" href="${url}"><strong>${title}</strong><span>${words}</span></a></li>`).join('')}</ul>
<h2 id="what-it-is">What it is</h2>
${rendered(points, README).html}
<h2 id="questions">Every question</h2>
${document('docs/README.md').html.match(/<div class="table".*<\/div>/s)[0]}`;
