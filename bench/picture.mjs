// A picture of when things were painted, one line for each manager: dots for the samples, a line for their middle half.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median } from "./figures.mjs";

const MEASURES = [
  ["fcp", "first paint", "#1f5b4a"],
  ["lcp", "largest paint", "#b06a00"],
  ["banner", "banner", "#3f51b5"],
];
const [LEFT, WIDTH, ROW] = [170, 760, 46];

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Draws the first visits of a profile into docs/pictures. */
export const draw = ({ contenders, samples, measured }, profile) => {
  const rows = contenders
    .map(({ name, title }) => [title, MEASURES.map(([measure]) => samples[name]?.[profile]?.[`first.${measure}`] ?? [])])
    .filter(([, values]) => values.some((some) => some.length));
  const most = Math.max(...rows.flatMap(([, values]) => values.flat())) * 1.05;
  const at = (value) => (LEFT + (value / most) * (WIDTH - LEFT - 20)).toFixed(1);
  const height = rows.length * ROW + 70;
  const step = 10 ** Math.floor(Math.log10(most)) / 2;
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
  const lines = rows.flatMap(([title, values], row) => [
    `<text x="${LEFT - 12}" y="${60 + row * ROW}" text-anchor="end">${escaped(title)}</text>`,
    ...values.flatMap((some, index) => {
      const y = 48 + row * ROW + index * 9;
      const color = MEASURES[index][2];
      return some.length
        ? [
            ...some.map((value) => `<circle cx="${at(value)}" cy="${y}" r="2" fill="${color}" opacity=".3"/>`),
            `<rect x="${(at(median(some)) - 2).toFixed(1)}" y="${y - 4}" width="4" height="8" fill="${color}"/>`,
          ]
        : [];
    }),
  ]);
  const legend = MEASURES.map(
    ([, title, color], index) => `<rect x="${LEFT + index * 130}" y="10" width="10" height="10" fill="${color}"/><text x="${LEFT + 16 + index * 130}" y="20">${title}</text>`,
  );
  const axis = ticks.map(
    (value) =>
      `<path d="M${at(value)} 34V${height - 30}" stroke="#888" stroke-opacity=".25"/><text x="${at(value)}" y="${height - 12}" text-anchor="middle">${value} ms</text>`,
  );
  const said = `First visits, ${profile}: when each page was first painted, when its largest part was, when the banner was. ${measured}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#555"><title>${escaped(said)}</title>${[...axis, ...legend, ...lines].join("")}</svg>\n`;
  writeFileSync(fileURLToPath(new URL(`../docs/paints-${profile}.svg`, import.meta.url)), svg);
};
