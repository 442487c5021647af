/**
 * Script for a page: returns visible texts with a contrast below 4.5 to 1 (level AA) and their ratio. Source:
 * https://www.w3.org/TR/WCAG21/#contrast-minimum
 */
export const LOW_CONTRAST = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const color = channels(getComputedStyle(one).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, textContent } = texts.currentNode;
    if (textContent.trim() === '' || !parentElement.checkVisibility()) continue;
    const style = getComputedStyle(parentElement);
    const color = channels(parentElement.namespaceURI.endsWith('svg') ? style.fill : style.color);
    const [high, dark] = [luminance(color), luminance(behind(parentElement))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (dark + 0.05);
    if (ratio < 4.5) low.push(textContent.trim() + ': ' + ratio.toFixed(2));
  }
  return low;
})()`;
