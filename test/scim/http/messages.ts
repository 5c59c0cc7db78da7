export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const anna = { schemas: [CORE], userName: 'anna@example.com', name: { givenName: 'Anna' }, active: true };
export const patchOp = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
