export {
  type Administrator,
  AdministratorError,
  type AdministratorErrorCode,
  Administrators,
} from './administrator.ts';
