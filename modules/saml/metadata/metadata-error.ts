import { SamlError } from '../error.ts';

/** Metadata that can't be used. The message says what was found in it and the cure. */
export const unusable = (message: string, cause?: unknown): SamlError =>
  new SamlError('SAML_METADATA_INVALID', message, cause === undefined ? undefined : { cause });
