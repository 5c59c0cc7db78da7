import type { ComponentChild, ComponentChildren, VNode } from 'preact';

/** Elements that stand by themselves, with an empty line before and behind. */
const blocks = new Set(['p', 'h1', 'h2', 'h3', 'div', 'table', 'ul', 'ol', 'body', 'html']);
const unseen = new Set(['head', 'style', 'title']);

/**
 * The text alternative of a mail, read off the tree its HTML is made of, so that both say the same. Links are followed by
 * their address, rows of a table are lines of the form `label: value`.
 */
export const plainText = (tree: ComponentChildren): string =>
  `${textOf(tree)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

function textOf(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node !== 'object') return String(node);
  return elementText(node as VNode<{ children?: ComponentChildren; href?: string }>);
}

function elementText({ type, props }: VNode<{ children?: ComponentChildren; href?: string }>): string {
  if (typeof type === 'function') return textOf((type as (given: object) => ComponentChild)(props));
  if (unseen.has(type)) return '';
  if (type === 'br') return '\n';
  if (type === 'tr') return `${cells(props.children).join(': ')}\n`;
  const inner = textOf(props.children);
  if (type === 'li') return `- ${inner}\n`;
  if (type === 'a' && props.href !== undefined && props.href !== inner) return `${inner}: ${props.href}`;
  return blocks.has(type) ? `\n\n${inner}\n\n` : inner;
}

const cells = (children: ComponentChildren): string[] =>
  (Array.isArray(children) ? children : [children]).map((cell) => textOf(cell).trim());
