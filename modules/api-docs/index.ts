export { ApiDocs } from './api-docs.ts';
export type { Endpoint, Parameter } from './endpoint/endpoint.ts';
