export { TransferError, type TransferErrorCode } from './transfer-error.ts';
