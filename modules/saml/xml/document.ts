import { DOMParser } from '@xmldom/xmldom';
import { SamlError } from '../error.ts';
import { messageLimits, type XmlLimits } from './limits.ts';
import { scanXml } from './scan.ts';

/** A document that was read strictly. */
export interface XmlDocument {
  readonly document: Document;
  readonly root: Element;
  /** What was read, with line ends as XML wants them: a signature is checked over this. */
  readonly text: string;
  /** Of all elements. */
  readonly ids: ReadonlySet<string>;
}

function refused(what: string): never {
  throw new SamlError('SAML_MESSAGE_INVALID', `The XML can't be read: ${what.split('\n')[0]}`, { point: 1 });
}
const errorHandler = { warning: refused, error: refused, fatalError: refused };

/**
 * Reads XML that came from outside: its raw text is scanned before a document is built, and nothing that the parser
 * finds wrong is passed over.
 *
 * @throws SamlError `SAML_MESSAGE_INVALID`, `SAML_STRUCTURE` for two equal IDs
 */
export function readXml(source: string, limits: Partial<XmlLimits> = {}): XmlDocument {
  const held = { ...messageLimits, ...limits };
  if (Buffer.byteLength(source) > held.maxBytes) refused(`it is longer than ${held.maxBytes} bytes`);
  const text = source.replace(/\r\n?/g, '\n');
  const ids = scanXml(text, held);
  return { ...parseXml(text), text, ids };
}

/**
 * Reads XML that a signature library made from a document that `readXml` has read.
 *
 * @throws SamlError `SAML_MESSAGE_INVALID`
 */
export function parseXml(text: string): { document: Document; root: Element } {
  // Without a locator: counting lines costs a third of it, and nobody is told of one.
  const document = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml');
  const root = document?.documentElement;
  if (!root) refused('it has no root');
  return { document, root };
}
