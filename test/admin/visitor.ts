export { type BrowserVisitor, type Page, tokenIn, visitor } from '../../modules/admin/testing/index.ts';
