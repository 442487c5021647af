const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

/** An element. Strings among its children become text: what a cluster calls its topics is never taken for HTML. */
export function element(name, attributes = {}, ...children) {
  return assembled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return assembled(document.createElementNS(SVG, name), attributes, children);
}

function assembled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Makes these the children. One that looks the same stays, with what a reader has selected in it. */
export function fill(parent, nodes) {
  nodes.forEach((node, index) => {
    const before = parent.children[index];
    if (before === undefined) parent.append(node);
    else if (!before.isEqualNode(node)) before.replaceWith(node);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

/** Leaves a text alone that is as it should be: what is live is read aloud when it is set. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A word with a sign of its own; the colour only repeats it. */
export const badge = (tone, text) => element('span', { class: `badge ${tone}` }, text);

/** How much of something is used. */
export function meter(share) {
  const bar = element('span', { class: share > 0.85 ? 'meter high' : 'meter', 'aria-hidden': 'true' }, element('span'));
  bar.firstElementChild.style.inlineSize = `${Math.min(100, share * 100).toFixed(1)}%`;
  return bar;
}

/** @param cells each a node, a text or nothing; the first names the row */
export function row(cells, numberColumns = []) {
  return element(
    'tr',
    {},
    ...cells.map((cell, index) => {
      const attributes = numberColumns.includes(index) ? { class: 'number' } : {};
      return index === 0
        ? element('th', { scope: 'row', ...attributes }, cell)
        : element('td', attributes, cell ?? element('span', { class: 'muted' }, 'unknown'));
    }),
  );
}

export const lines = (...texts) => {
  const parts = texts.filter((text) => text !== undefined && text !== '');
  return element('span', { class: 'lines' }, ...parts.map((part) => element('span', {}, part)));
};
