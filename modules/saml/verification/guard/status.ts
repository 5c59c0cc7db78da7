import { SamlError } from '../../error.ts';
import { attribute, child, onlyChild } from '../../xml/element.ts';
import { samlp } from '../../xml/names.ts';

const prefix = 'urn:oasis:names:tc:SAML:2.0:status:';

/** What a message says of how it went: codes from the outer to the inner, without the prefix all of SAML's have. */
export interface Status {
  readonly codes: readonly string[];
  /** Untrusted where the message is not signed; cut to 256 characters. */
  readonly message: string | undefined;
}

/** @throws SamlError `SAML_STRUCTURE` for a message without status */
export function readStatus(response: Element): Status {
  const status = onlyChild(response, samlp, 'Status');
  const codes: string[] = [];
  let code: Element | undefined = onlyChild(status, samlp, 'StatusCode');
  for (; code && codes.length < 4; code = child(code, samlp, 'StatusCode')) {
    const value = (attribute(code, 'Value') ?? '').slice(0, 128);
    codes.push(value.startsWith(prefix) ? value.slice(prefix.length) : value);
  }
  const message = child(status, samlp, 'StatusMessage')?.textContent?.slice(0, 256);
  return { codes, message: message ?? undefined };
}

/**
 * Point 12: the identity provider says that it went well.
 *
 * @throws SamlError `SAML_STATUS` with what it says instead
 */
export function checkStatus(response: Element): void {
  const { codes, message } = readStatus(response);
  if (codes[0] === 'Success') return;
  throw new SamlError(
    'SAML_STATUS',
    `The identity provider answers ${codes.join(', ') || 'nothing'}${message ? `: ${JSON.stringify(message)}` : ''}.`,
    { point: 12 },
  );
}
