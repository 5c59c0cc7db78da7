/** Numbers from 0 to below `below`, the same for the same seed. */
export type Chance = (below: number) => number;

/** Mulberry32: small, and good enough to choose with. */
export function chances(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Mutation = (xml: string, chance: Chance, other: string) => string;

const pick = <T>(chance: Chance, from: readonly T[]): T | undefined => from[chance(from.length)];
const spliced = (xml: string, from: number, to: number, inserted = ''): string =>
  xml.slice(0, from) + inserted + xml.slice(to);

/** Where whole elements begin and end. */
function elementsOf(xml: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const open: number[] = [];
  for (const tag of xml.matchAll(/<(\/?)[^<>]*?(\/?)>/g)) {
    if (tag[0].startsWith('<?')) continue;
    const to = tag.index + tag[0].length;
    if (tag[1]) found.push({ from: open.pop() ?? 0, to });
    else if (tag[2]) found.push({ from: tag.index, to });
    else open.push(tag.index);
  }
  return found;
}

const spans = (xml: string, pattern: RegExp): { from: number; to: number; text: string }[] =>
  [...xml.matchAll(pattern)].map((m) => ({ from: m.index, to: m.index + m[0].length, text: m[0] }));

const characters = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ' ',
  '\n',
  'A',
  'z',
  '0',
  '9',
  '-',
  '\u0000',
  'é',
  '&lt;',
  '<!---->',
  '&#13;',
  '&#x0;',
  '\u2028',
];
const values = [
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
  'http://www.w3.org/2000/09/xmldsig#sha1',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  'http://www.w3.org/TR/1999/REC-xslt-19991116',
  'https://evil.example',
  '2099-01-01T00:00:00.000Z',
  '2.0',
  '',
];

const atText: Mutation = (xml, chance) => {
  const at = chance(xml.length);
  const kind = chance(4);
  if (kind === 0) return spliced(xml, at, at + 1, pick(chance, characters));
  if (kind === 1) return spliced(xml, at, at, pick(chance, characters));
  if (kind === 2) return spliced(xml, at, at + 1 + chance(40));
  return spliced(xml, at, at + 1, String.fromCharCode(xml.charCodeAt(at) ^ (1 << chance(7))));
};
const repeat: Mutation = (xml, chance) => {
  const from = chance(xml.length);
  const piece = xml.slice(from, from + chance(400));
  const at = chance(xml.length);
  return spliced(xml, at, at, piece);
};
const copyElement: Mutation = (xml, chance) => {
  const element = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  const place = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  let copy = xml.slice(element.from, element.to);
  if (chance(2)) copy = copy.replace(/ I[Dd]="[^"]*"/g, (id) => `${id.slice(0, -1)}x"`);
  if (chance(3) === 0) copy = copy.replaceAll('ada@', 'eve@');
  return spliced(xml, place.from, place.from, copy);
};
const moveElement: Mutation = (xml, chance) => {
  const { from, to } = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  const rest = spliced(xml, from, to);
  const place = pick(chance, elementsOf(rest));
  const at = place ? (chance(2) ? place.from : place.to) : 0;
  return spliced(rest, at, at, xml.slice(from, to));
};
const dropElement: Mutation = (xml, chance) => {
  const { from, to } = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  return spliced(xml, from, to);
};
const wrapElement: Mutation = (xml, chance) => {
  const { from, to } = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  const name = pick(chance, ['samlp:Extensions', 'saml:Advice', 'ds:Object', 'saml:Assertion', 'x']) ?? 'x';
  return spliced(xml, from, to, `<${name}>${xml.slice(from, to)}</${name}>`);
};
const replaceElement: Mutation = (xml, chance, other) => {
  const { from, to } = pick(chance, elementsOf(xml)) ?? { from: 0, to: 0 };
  const source = pick(chance, elementsOf(other)) ?? { from: 0, to: 0 };
  return spliced(xml, from, to, other.slice(source.from, source.to));
};
const changeAttribute: Mutation = (xml, chance) => {
  const all = spans(xml, / [\w:]+="[^"]*"/g);
  const one = pick(chance, all);
  if (!one) return xml;
  const name = one.text.slice(0, one.text.indexOf('='));
  const kind = chance(4);
  if (kind === 0) return spliced(xml, one.from, one.to);
  if (kind === 1) return spliced(xml, one.from, one.to, `${name}="${pick(chance, values)}"`);
  if (kind === 2) return spliced(xml, one.from, one.to, `${name}${pick(chance, all)?.text.replace(/^[^=]*/, '')}`);
  return spliced(xml, one.to, one.to, pick(chance, all)?.text);
};
const changeText: Mutation = (xml, chance) => {
  const one = pick(chance, spans(xml, />[^<>]+</g));
  if (!one) return xml;
  const other = pick(chance, [...spans(xml, />[^<>]+</g).map(({ text }) => text), '>eve@example.com<', '><', '> <']);
  return spliced(xml, one.from, one.to, other);
};
const renameElement: Mutation = (xml, chance) => {
  const one = pick(chance, spans(xml, /<\/?[\w:]+/g));
  const other = pick(chance, spans(xml, /<\/?[\w:]+/g));
  if (!one || !other) return xml;
  const [name, to] = [one.text.replace(/<\/?/, ''), other.text.replace(/<\/?/, '')];
  return chance(2)
    ? xml.replace(new RegExp(`(</?)${name}\\b`, 'g'), `$1${to}`)
    : spliced(xml, one.from, one.to, other.text);
};

const mutations: readonly Mutation[] = [
  ...[atText, atText, repeat, copyElement, copyElement, moveElement, moveElement],
  ...[
    dropElement,
    wrapElement,
    replaceElement,
    replaceElement,
    changeAttribute,
    changeAttribute,
    changeText,
    renameElement,
  ],
];

/** Changes a document once to three times. `other` is a document that parts may come from. */
export function mutated(xml: string, chance: Chance, other: string): string {
  let changed = xml;
  for (let times = 1 + (chance(3) === 0 ? chance(3) : 0); times > 0; times--)
    changed = (pick(chance, mutations) ?? atText)(changed, chance, other);
  return changed;
}
