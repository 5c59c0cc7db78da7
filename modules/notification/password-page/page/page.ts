import type { VisitorPage } from '../../../store/index.ts';

/** A page for a customer who comes from a mail. */
export type PasswordPage = Pick<VisitorPage, 'title' | 'body'> & { readonly shop: string };
