export { SampleRoom } from './service.ts';
