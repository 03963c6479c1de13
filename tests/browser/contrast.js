// Returns every text of the page that stands out from its background less than WCAG 2.1 AA asks
// (1.4.3: 4.5 to 1, large text 3 to 1), and whether the page is wider than its window.

const channels = (colour) => {
  const numbers = colour.match(/[\d.]+/g).map(Number);
  const scale = colour.startsWith("color(") ? 255 : 1;
  return [...numbers.slice(0, 3).map((value) => value * scale), numbers[3] ?? 1];
};
const over = (upper, lower) => [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3])).concat([1]);
const luminance = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ancestors = (element) => {
  const found = [];
  for (let at = element; at; at = at.parentElement) found.push(at);
  return found;
};
const background = (element) => {
  const layers = ancestors(element).map((at) => channels(getComputedStyle(at).backgroundColor));
  const opaque = layers.findIndex((layer) => layer[3] === 1);
  return layers.slice(0, opaque + 1).reverse().reduce((lower, upper) => over(upper, lower), [255, 255, 255, 1]);
};

const faults = [];
for (const element of document.body.querySelectorAll("*")) {
  const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent);
  if (!text.join("").trim() || !element.getClientRects().length) continue;
  if (element.matches(".visually-hidden, .skip, :disabled, :disabled *")) continue;
  const style = getComputedStyle(element);
  const colour = channels(style.color);
  for (const at of ancestors(element)) colour[3] *= Number(getComputedStyle(at).opacity);
  const ground = background(element);
  const [light, dark] = [luminance(over(colour, ground)), luminance(ground)].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5)) faults.push(`${ratio.toFixed(2)}: ${text.join(" ").trim().slice(0, 40)}`);
}
if (document.documentElement.scrollWidth > window.innerWidth) faults.push("the page is wider than its window");
return [...new Set(faults)];
