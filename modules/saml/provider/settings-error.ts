import { SamlError } from '../error.ts';

/** A setting that can't be as it was given. `field` is its name in `SamlSettings`, or of the identity provider's facts. */
export class SamlSettingsError extends SamlError {
  readonly field: string;
  constructor(field: string, message: string) {
    super('SAML_SETTINGS_INVALID', message);
    this.field = field;
  }
}
