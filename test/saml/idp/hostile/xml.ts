import { deflateRawSync, gzipSync } from 'node:zlib';
import { fieldOf, forge } from '../forge.ts';
import { altered, type Hostile, misstated, responded } from './hostile.ts';

const bad = 'SAML_MESSAGE_INVALID';
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const inExtensions = (content: string) => (xml: string) =>
  xml.replace(/<samlp:Status>/, `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status>`);
const before = (text: string) => (xml: string) => `${text}${xml}`;

/** Good XML in a field that is not the base64 of it. */
const field = (name: string, change: (field: string) => string): Hostile => ({
  name,
  code: bad,
  make: (base) => change(forge({ ...base }).field),
});
const bytes = (name: string, change: (xml: string) => Buffer): Hostile => ({
  name,
  code: bad,
  make: (base) => change(forge({ ...base }).xml).toString('base64'),
});

/** Documents that no parser should see, and encodings that two readers read differently. */
export const xmlDocuments: readonly Hostile[] = [
  altered('a document type', bad, before('<!DOCTYPE samlp:Response>')),
  altered(
    'an internal entity',
    bad,
    (xml) => `<!DOCTYPE r [<!ENTITY e "eve@example.com">]>${xml.replace('>ada@example.com', '>&e;')}`,
  ),
  altered(
    'an external entity',
    bad,
    (xml) => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('>ada@example.com', '>&e;')}`,
  ),
  altered('a parameter entity', bad, before('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>')),
  altered(
    'an entity bomb',
    bad,
    (xml) => `<!DOCTYPE r [<!ENTITY a0 "ha">${laughs}]>${xml.replace('>ada@example.com', '>&a9;')}`,
  ),
  altered('an entity without a document type', bad, (xml) => xml.replace('>ada@', '>&ada;@')),
  altered('an entity of HTML', bad, inExtensions('&nbsp;')),
  altered('an ampersand alone', bad, inExtensions('a & b')),
  altered('a reference to the character 0', bad, inExtensions('&#0;')),
  altered('a reference beyond Unicode', bad, inExtensions('&#x110000;')),
  altered('a reference to a surrogate', bad, inExtensions('&#xD800;')),
  altered('a processing instruction', bad, inExtensions('<?php echo 1 ?>')),
  altered('a style sheet', bad, before('<?xml-stylesheet href="http://127.0.0.1/x.xsl"?>')),
  altered('XML 1.1', bad, before('<?xml version="1.1"?>')),
  altered('a declared encoding that is not UTF-8', bad, before('<?xml version="1.0" encoding="ISO-8859-1"?>')),
  altered('a declaration behind a space', bad, before(' <?xml version="1.0"?>')),
  altered('a comment before the root', bad, before('<!-- -->')),
  altered('a comment in the root', bad, inExtensions('<!-- -->')),
  altered('a comment in the NameID', bad, (xml) =>
    xml.replace('>ada@example.com', '>ada@example.com<!-- -->.evil.example'),
  ),
  misstated('a comment in the NameID that was signed', bad, (xml) =>
    xml.replace('>ada@example.com', '>ada@example.com<!-- -->.evil.example'),
  ),
  altered('a comment in the DigestValue', bad, (xml) => xml.replace('DigestValue>', 'DigestValue><!--x-->')),
  altered('a comment in the SignatureValue', bad, (xml) => xml.replace('SignatureValue>', 'SignatureValue><!--x-->')),
  altered('a comment in an attribute value', bad, (xml) =>
    xml.replace('AttributeValue>ada', 'AttributeValue>a<!---->da'),
  ),
  misstated('a processing instruction in the NameID that was signed', bad, (xml) =>
    xml.replace('>ada@', '>ada<?x y?>@'),
  ),
  misstated('CDATA in the NameID that was signed', bad, (xml) => xml.replace('>ada@', '><![CDATA[ada]]>@')),
  altered('CDATA', bad, inExtensions('<![CDATA[<a>]]>')),
  altered('"]]>" in a text', bad, inExtensions(']]>')),
  altered('"<" in an attribute', bad, inExtensions('<a b="<"/>')),
  altered('an attribute without quotes', bad, inExtensions('<a b=c/>')),
  altered('an attribute without value', bad, inExtensions('<a b/>')),
  altered('two attributes of one name', bad, inExtensions('<a b="1" b="2"/>')),
  altered('65 attributes', bad, inExtensions(`<a ${Array.from({ length: 65 }, (_, i) => `a${i}="" `).join('')}/>`)),
  altered('an element that does not end', bad, inExtensions('<a>')),
  altered('an element that ends twice', bad, inExtensions('<a></a></a>')),
  altered('elements that cross', bad, inExtensions('<a><b></a></b>')),
  altered('no end', bad, (xml) => xml.slice(0, -5)),
  altered('two roots', bad, (xml) => xml + xml.replace(/ ID="/g, ' ID="x')),
  altered('text behind the root', bad, (xml) => `${xml}x`),
  altered('a control character', bad, inExtensions('\u0001')),
  altered('a NUL in the NameID', bad, (xml) => xml.replace('>ada@example.com', '>ada@example.com\u0000.evil.example')),
  altered('65 elements deep', bad, inExtensions(nested(63))),
  altered('20,000 elements deep', bad, inExtensions(nested(20_000))),
  altered('10,000 elements', bad, inExtensions('<a/>'.repeat(10_000))),
  altered('more than 256 KiB', bad, inExtensions('x'.repeat(262_144))),
  field('more than 256 KiB of white space', (f) => f + ' '.repeat(500_000)),
  field('nothing', () => ''),
  field('the URL-safe alphabet', (f) => f.replace(/[+/A]/g, (c) => (c === '+' ? '-' : '_'))),
  field('base64 without padding', (f) => `${f}A`),
  field('base64 with padding in the middle', (f) => `${f.slice(0, 8)}==${f.slice(8)}`),
  field('base64 with a strange character', (f) => `${f.slice(0, 8)}\u200b${f.slice(8)}`),
  field(
    'base64 with spare bits',
    (f) => `${f.replace(/=+$/, '').slice(0, -(f.replace(/=+$/, '').length % 4) || undefined)}PH==`,
  ),
  field('base64 of base64', fieldOf),
  field('percent-encoded base64', (f) => f.replace(/A/g, '%41')),
  bytes('UTF-16', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le')),
  bytes('bytes that are not UTF-8', (xml) => Buffer.from(xml.replace('>ada@', '>\u00e4da@'), 'latin1')),
  bytes('an overlong UTF-8 "<"', (xml) => Buffer.concat([Buffer.from([0xc0, 0xbc]), Buffer.from(xml)])),
  bytes('a deflated document', (xml) => deflateRawSync(Buffer.from(xml))),
  bytes('a compressed bomb', () => gzipSync(Buffer.alloc(50_000_000, 32))),
  bytes('no XML', () => Buffer.from('{"Response":true}')),
  bytes('only white space', () => Buffer.from('   ')),
  altered('two equal IDs', 'SAML_STRUCTURE', (xml) => {
    const id = /<saml:Assertion[^>]* ID="([^"]+)"/.exec(xml)?.[1] ?? '';
    return inExtensions(`<a ID="${id}"/>`)(xml);
  }),
  ...['Id', 'id', 'iD', 'x:ID', 'xml:id'].map((name) =>
    altered(`an ${name} equal to the assertion's ID`, 'SAML_STRUCTURE', (xml) => {
      const id = /<saml:Assertion[^>]* ID="([^"]+)"/.exec(xml)?.[1] ?? '';
      return inExtensions(`<a xmlns:x="urn:x" ${name}="${id}"/>`)(xml);
    }),
  ),
  misstated('an ID with a quote', 'SAML_STRUCTURE', (xml) => xml.replace(/ ID="[^"]+"/, ` ID="a'"`)),
  responded('an ID that is empty', 'SAML_STRUCTURE', (xml) => xml.replace(/ ID="[^"]+"/, ' ID=""')),
];
