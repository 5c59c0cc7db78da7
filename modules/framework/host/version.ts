/** The host's version, the one in package.json: modules say with `host: '^0.1'` which they work with. */
export const HOST_VERSION = '0.1.0';
