export type ConfigErrorCode =
  /** No enabled module declares that path. */
  | 'CONFIG_UNKNOWN'
  /** The value does not fit its field. */
  | 'CONFIG_INVALID'
  /** The scope does not exist, or the field cannot be set there. */
  | 'CONFIG_SCOPE'
  /** A stored secret cannot be decrypted with the keys at hand. */
  | 'CONFIG_UNREADABLE'
  /** No enabled module stores configuration. */
  | 'CONFIG_STORAGE';

/** A configuration field that cannot be read or set, and why. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  readonly path: string;

  constructor(code: ConfigErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(`${path}: ${message}`, options);
    this.code = code;
    this.path = path;
  }
}
