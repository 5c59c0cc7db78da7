import { SamlError } from '../../error.ts';

/** A message of the HTTP-Redirect binding (bindings §3.4). */
export interface RedirectMessage {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  /** Base64, decoded from the URL. */
  readonly message: string;
  readonly relayState: string | undefined;
  /** Undefined: it is not signed, which only a response may be. */
  readonly signature: QuerySignature | undefined;
}

/** The signature of a redirect. */
export interface QuerySignature {
  readonly algorithm: string;
  /** Base64. */
  readonly value: string;
  /** What it is over, as received, character by character: decoding and encoding again may write it otherwise. */
  readonly text: string;
}

const names = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
type Name = (typeof names)[number];
const deflate = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';

const invalid = (what: string): SamlError =>
  new SamlError('SAML_MESSAGE_INVALID', `The address ${what}.`, { point: 1 });

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw invalid('has a "%" that encodes nothing');
  }
}

/** Raw values by name, each at most once: which of two counts would be anybody's guess. */
function rawParameters(rawQuery: string): ReadonlyMap<Name, string> {
  const found = new Map<Name, string>();
  for (const pair of rawQuery.split('&')) {
    const equals = pair.indexOf('=');
    const key = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const name = names.find((known) => known === key);
    if (!name) continue;
    if (found.has(name)) throw invalid(`has ${name} twice`);
    if (pair.slice(0, equals) !== name) throw invalid(`writes ${name} in another way`);
    found.set(name, pair.slice(equals + 1));
  }
  return found;
}

/**
 * Takes a redirect apart.
 *
 * @param rawQuery exactly as received, without `?`
 * @throws SamlError `SAML_MESSAGE_INVALID`, `SAML_SIGNATURE` for one without signature
 */
export function readRedirect(rawQuery: string): RedirectMessage {
  const raw = rawParameters(rawQuery);
  const [request, response] = [raw.get('SAMLRequest'), raw.get('SAMLResponse')];
  const message = request ?? response;
  if (message === undefined || (request !== undefined && response !== undefined))
    throw invalid('does not have exactly one of SAMLRequest and SAMLResponse');
  const encoding = raw.get('SAMLEncoding');
  if (encoding !== undefined && decoded(encoding) !== deflate) throw invalid('has an unknown SAMLEncoding');
  const relayState = raw.get('RelayState');
  const parameter = request === undefined ? 'SAMLResponse' : 'SAMLRequest';
  return {
    parameter,
    message: decoded(message),
    relayState: relayState === undefined ? undefined : decoded(relayState.replaceAll('+', '%20')),
    signature: signatureOf(raw, parameter),
  };
}

function signatureOf(
  raw: ReadonlyMap<Name, string>,
  parameter: RedirectMessage['parameter'],
): QuerySignature | undefined {
  const [relayState, algorithm, value] = [raw.get('RelayState'), raw.get('SigAlg'), raw.get('Signature')];
  if (parameter === 'SAMLResponse' && algorithm === undefined && value === undefined) return undefined;
  if (algorithm === undefined || value === undefined)
    throw new SamlError(
      'SAML_SIGNATURE',
      'The logout message is not signed. Let the identity provider sign logout messages.',
      { point: 9 },
    );
  const relayed = relayState === undefined ? '' : `&RelayState=${relayState}`;
  const text = `${parameter}=${raw.get(parameter)}${relayed}&SigAlg=${algorithm}`;
  return { algorithm: decoded(algorithm), value: decoded(value), text };
}
