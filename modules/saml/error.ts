/** Why a SAML message, or the configuration of a connection for SAML, was refused. */
export type SamlErrorCode =
  | 'SAML_DISABLED'
  | 'SAML_MESSAGE_INVALID'
  | 'SAML_STRUCTURE'
  | 'SAML_STATUS'
  | 'SAML_SIGNATURE'
  | 'SAML_ALGORITHM'
  | 'SAML_ENCRYPTION'
  | 'SAML_ISSUER'
  | 'SAML_DESTINATION'
  | 'SAML_SUBJECT'
  | 'SAML_AUDIENCE'
  | 'SAML_EXPIRED'
  | 'SAML_AUTHN_CONTEXT'
  | 'SAML_UNSOLICITED'
  | 'SAML_REPLAYED'
  | 'SAML_SETTINGS_INVALID'
  | 'SAML_METADATA_INVALID'
  | 'SAML_METADATA_UNREACHABLE'
  | 'SAML_CERTIFICATE_INVALID'
  | 'SAML_CERTIFICATE_UNKNOWN'
  | 'SAML_KEY_ROLLOVER'
  | 'SAML_KEY_UNKNOWN';

/** Says what was found, where, and what to do; meant for the record and the administrator, not for the person who signs in. */
export class SamlError extends Error {
  readonly code: SamlErrorCode;
  /** Which of the fourteen points of the guard refused a message. */
  readonly point: number | undefined;
  constructor(code: SamlErrorCode, message: string, options?: ErrorOptions & { readonly point?: number }) {
    super(message, options);
    this.name = 'SamlError';
    this.code = code;
    this.point = options?.point;
  }
}
