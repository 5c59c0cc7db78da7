export { administrator } from './administrator.ts';
export { createTestHost, type TestHost, type TestHostOptions } from './test-host.ts';
