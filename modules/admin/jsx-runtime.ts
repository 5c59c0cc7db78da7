/**
 * What compiled JSX imports, so that pages of other packages are made by the same Preact as the administration's own
 * (`"jsxImportSource": "vestibule"` in their tsconfig.json). The automatic runtime asks for these names.
 */
export { Fragment, type JSX, jsx, jsxDEV, jsxs } from 'preact/jsx-runtime';
