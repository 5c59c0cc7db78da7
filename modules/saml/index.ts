export { SamlError, type SamlErrorCode } from './error.ts';
