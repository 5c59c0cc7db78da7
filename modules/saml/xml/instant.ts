import { SamlError } from '../error.ts';

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,12})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads an `xs:dateTime`. One without a time zone is UTC, as SAML core §1.3.3 wants all of them.
 *
 * @throws SamlError `SAML_STRUCTURE`
 */
export function readInstant(value: string, what: string): Date {
  const found = pattern.exec(value.trim());
  const time = found ? Date.parse(found[1] ? found[0] : `${found[0]}Z`) : Number.NaN;
  if (Number.isNaN(time))
    throw new SamlError('SAML_STRUCTURE', `${what} is ${JSON.stringify(value.slice(0, 64))}, which is no time.`, {
      point: 2,
    });
  return new Date(time);
}
