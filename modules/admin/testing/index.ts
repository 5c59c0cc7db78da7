export { signIn } from './sign-in.ts';
export { type BrowserVisitor, type Page, tokenIn, visitor } from './visitor.ts';
