/** Fields that hold secrets, in the spellings that headers, documents and code use. */
const SECRETS = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'password',
  'password_hash',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'client_secret',
  'app-secret',
  'appSecret',
  'x-auth-token',
  'cryptKey',
  'cryptKeys',
];

const at = (prefix: string) => SECRETS.map((name) => `${prefix}["${name}"]`);

/** pino's redaction: at the top, one and two levels deep, which covers `headers`, `request.headers` and documents. */
export const REDACTION = {
  paths: [...SECRETS.map((name) => `["${name}"]`), ...at('*'), ...at('*.*')],
  censor: '[redacted]',
};
