// The days as a picture: how many answered, and how many of them allowed something, with the interval. Plain SVG, which any
// browser and any editor of texts opens.

const WIDTH = 960;
const HEIGHT = 420;
/** Around what is drawn. */
const EDGE = { left: 56, right: 56, top: 56, bottom: 64 };
/** At most as many days are named below. */
const NAMED = 12;

const round = (number) => Math.round(number * 10) / 10;

/** The next number of one digit, so that the scale reads well. @param {number} most */
const roof = (most) => {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return Math.ceil(most / power) * power;
};

/** @param {ReturnType<typeof import("./figures.js").figures>} figures */
export const chart = ({ by }) => {
  const days = by.day.filter(({ answered }) => answered !== null);
  const most = roof(Math.max(1, ...days.map(({ answered }) => answered)));
  const inner = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const step = inner.width / Math.max(days.length, 1);
  const x = (place) => round(EDGE.left + step * (place + 0.5));
  const y = (share) => round(EDGE.top + inner.height * (1 - share));
  const bars = days.map(({ answered }, place) => {
    const top = y(answered / most);
    return `<rect x="${round(x(place) - step * 0.35)}" y="${top}" width="${round(step * 0.7)}" height="${round(y(0) - top)}"/>`;
  });
  const spans = days.map(({ consent }, place) => `<path d="M${x(place)} ${y(consent.low)}V${y(consent.high)}"/>`);
  const dots = days.map(
    ({ day, consent, answered }, place) =>
      `<circle cx="${x(place)}" cy="${y(consent.rate)}" r="4"><title>${day}: ${(consent.rate * 100).toFixed(1)} % of ${answered}</title></circle>`,
  );
  const line = days.map(({ consent }, place) => `${place ? "L" : "M"}${x(place)} ${y(consent.rate)}`).join("");
  const every = Math.ceil(days.length / NAMED) || 1;
  const names = days.map(({ day }, place) => (place % every ? "" : `<text x="${x(place)}" y="${HEIGHT - EDGE.bottom + 22}" text-anchor="middle">${day.slice(5)}</text>`));
  const marks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path d="M${EDGE.left} ${y(share)}H${WIDTH - EDGE.right}" stroke="#ccc"/><text x="${EDGE.left - 8}" y="${y(share) + 4}" text-anchor="end">${share * 100} %</text><text x="${WIDTH - EDGE.right + 8}" y="${y(share) + 4}">${round(most * share)}</text>`,
  );
  const span = days.length ? `${days[0].day} – ${days[days.length - 1].day}` : "no day has enough answers";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13" fill="#222">
<title id="title">Consent by day, ${span}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${EDGE.left}" y="28" font-size="16">Consent by day, ${span}</text>
<g>${marks.join("")}</g>
<g fill="#b9cfc7">${bars.join("")}</g>
<g stroke="#1d5a49" stroke-width="2">${spans.join("")}</g>
<path d="${line}" fill="none" stroke="#1d5a49" stroke-width="1"/>
<g fill="#1d5a49">${dots.join("")}</g>
<g>${names.join("")}</g>
<text x="${EDGE.left}" y="${HEIGHT - 14}">Dots, left: the share of answers that allow something, with 95 % intervals. Bars, right: answers.</text>
</svg>
`;
};
