/** The host's version, the one in package.json: modules say with `host: '^1'` which they work with. */
export const HOST_VERSION = '1.0.0';

/** The Node versions that it works with, as in package.json's `engines`. */
export const NODE_RANGE = '>=20.19';
