// A plot of times over sizes as an SVG, both axes logarithmic. It draws what it is given and knows nothing of contestants.

const WIDTH = 860;
const HEIGHT = 520;
const LEFT = 84;
const RIGHT = 290;
const TOP = 56;
const BOTTOM = 60;
const COLOURS = ["#0b6e4f", "#b23a48", "#2a5db0", "#b7791f", "#6b4fa0", "#0f7c8c", "#8a5a44", "#5f6b7a"];

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Nanoseconds in words. */
export function duration(nanoseconds) {
  if (nanoseconds >= 1e9) return `${short(nanoseconds / 1e9)} s`;
  if (nanoseconds >= 1e6) return `${short(nanoseconds / 1e6)} ms`;
  if (nanoseconds >= 1e3) return `${short(nanoseconds / 1e3)} µs`;
  return `${short(nanoseconds)} ns`;
}

/** A number with three figures that count. */
export function short(number) {
  if (number >= 100) return String(Math.round(number));
  return number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

/** `series`: name → [[size, nanoseconds]]; the first is drawn strongest. */
export function plot(title, subtitle, series) {
  const points = Object.values(series).flat();
  const [left, right] = [Math.min(...points.map(([size]) => size)), Math.max(...points.map(([size]) => size))].map(Math.log10);
  const bottom = Math.floor(Math.log10(Math.min(...points.map(([, time]) => time))));
  const top = Math.ceil(Math.log10(Math.max(...points.map(([, time]) => time))));
  const x = (size) => LEFT + ((Math.log10(size) - left) / (right - left)) * (WIDTH - LEFT - RIGHT);
  const y = (time) => HEIGHT - BOTTOM - ((Math.log10(time) - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${escape(title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-size="17" font-weight="600" fill="#1b1f24">${escape(title)}</text>`,
    `<text x="${LEFT}" y="43" fill="#57606a">${escape(subtitle)}</text>`,
  ];
  for (let power = bottom; power <= top; power++) {
    const at = y(10 ** power);
    out.push(`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#e3e6ea"/>`);
    out.push(`<text x="${LEFT - 10}" y="${at + 4}" text-anchor="end" fill="#57606a">${duration(10 ** power).replace(/\.0+/, "")}</text>`);
  }
  for (const size of new Set(points.map(([size]) => size))) {
    out.push(`<text x="${x(size)}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle" fill="#57606a">${size.toLocaleString("en")}</text>`);
  }
  out.push(`<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle" fill="#57606a">rows</text>`);
  const labels = [];
  Object.entries(series).forEach(([name, list], index) => {
    const colour = COLOURS[index % COLOURS.length];
    const line = list.map(([size, time]) => `${x(size).toFixed(1)},${y(time).toFixed(1)}`).join(" ");
    out.push(`<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="${index === 0 ? 3.5 : 1.8}" stroke-linejoin="round"/>`);
    for (const [size, time] of list) out.push(`<circle cx="${x(size).toFixed(1)}" cy="${y(time).toFixed(1)}" r="${index === 0 ? 4 : 3}" fill="${colour}"/>`);
    const [, last] = list.at(-1);
    labels.push({ at: y(last), text: `${name}: ${duration(last)}`, colour, weight: index === 0 ? 600 : 400 });
  });
  labels.sort((a, b) => a.at - b.at);
  labels.forEach((label, index) => {
    if (index > 0) label.at = Math.max(label.at, labels[index - 1].at + 17);
    out.push(`<text x="${WIDTH - RIGHT + 12}" y="${(label.at + 4).toFixed(1)}" fill="${label.colour}" font-weight="${label.weight}">${escape(label.text)}</text>`);
  });
  out.push("</svg>");
  return `${out.join("\n")}\n`;
}
