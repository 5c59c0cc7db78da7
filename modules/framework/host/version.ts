/** The host's version, the one in package.json: modules say with `host: '^1'` which they work with. */
export const HOST_VERSION = '1.0.0';
