/** Where it is said whom no connection may change. */
export const protectionPath = '/admin/protected-customers';
