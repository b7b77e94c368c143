// The visible Allow of each face as a bar, in an SVG that can be read on light and on dark.
const [WIDTH, ROW, BAR, LEFT, RIGHT, TOP, GROUP] = [780, 26, 16, 310, 90, 12, 34];

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.ours { fill: #1f7a5c; } .theirs { fill: #8a8f98; } .ground { fill: #ffffff; stroke: #d0d4da; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e8eb; }
  .ours { fill: #4fc49a; } .theirs { fill: #7c828c; } .ground { fill: #16181c; stroke: #33373e; }
}`;

const bar = ({ title, api, isTheirs, value, ratio }, scale, y) => {
  const width = Math.max(1, Math.round(value * scale));
  const label = isTheirs ? title : `${title}, ${api}`;
  const said = `${value.toLocaleString('en-US')} ms${isTheirs ? '' : `, ${ratio.toFixed(2)} ×`}`;
  return `<text x="${LEFT - 10}" y="${y + BAR - 3}" text-anchor="end">${escaped(label)}</text>
<rect class="${isTheirs ? 'theirs' : 'ours'}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3"/>
<text x="${LEFT + width + 8}" y="${y + BAR - 3}">${escaped(said)}</text>`;
};

/**
 * @param {{title: string, bars: {title: string, api: string, isTheirs: boolean, value: number, ratio: number}[]}[]} groups a group for
 *   each scenario, its values in milliseconds
 */
export function barsOf(groups) {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (WIDTH - LEFT - RIGHT - 30) / most;
  const parts = [];
  let y = TOP;
  for (const { title, bars } of groups) {
    parts.push(`<text class="title" x="16" y="${y + 18}">${escaped(title)}</text>`);
    y += GROUP;
    for (const one of bars) {
      parts.push(bar(one, scale, y));
      y += ROW;
    }
  }
  const height = y + TOP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Time until Allow is visible">
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${parts.join('\n')}
</svg>
`;
}
