import { SamlError } from '../../error.ts';
import { attribute } from '../../xml/element.ts';
import { readInstant } from '../../xml/instant.ts';

/** How far the clocks of two parties may differ, in milliseconds. */
export const skew = 90_000;
/** How old a message may be, in milliseconds. */
export const maxAge = 600_000;

/** An attribute that is a time. @throws SamlError `SAML_STRUCTURE` for one that is none */
export function instantOf(element: Element, name: string): Date | undefined {
  const value = attribute(element, name);
  return value === undefined ? undefined : readInstant(value, `${name} of <${element.localName}>`);
}

const late = (what: string, point: number): SamlError =>
  new SamlError('SAML_EXPIRED', `${what}. Check the clocks of both sides if this goes on.`, { point });

/** @throws SamlError `SAML_EXPIRED` at and after `end` */
export function checkEnd(end: Date, now: Date, what: string, point: number): void {
  if (now.getTime() - skew >= end.getTime())
    throw late(`${what} ended at ${end.toISOString()}, it is ${now.toISOString()}`, point);
}

/** @throws SamlError `SAML_EXPIRED` before `begin` */
export function checkBegin(begin: Date, now: Date, what: string, point: number): void {
  if (now.getTime() + skew < begin.getTime())
    throw late(`${what} begins at ${begin.toISOString()}, it is ${now.toISOString()}`, point);
}

/**
 * A message says when it was issued, and that is not long ago.
 *
 * @returns when it becomes too old, the skew aside
 * @throws SamlError `SAML_EXPIRED`, `SAML_STRUCTURE` where it does not say
 */
export function checkAge(message: Element, now: Date, point: number): Date {
  const issued = instantOf(message, 'IssueInstant');
  if (!issued) throw new SamlError('SAML_STRUCTURE', `<${message.localName}> has no IssueInstant.`, { point: 2 });
  const what = `<${message.localName}>`;
  checkBegin(issued, now, what, point);
  const end = new Date(issued.getTime() + maxAge);
  checkEnd(end, now, what, point);
  return end;
}
