import { type Redirect, redirect, type Visit } from '../../admin/index.ts';
import { ConnectionError } from '../../connection/index.ts';
import { SamlError } from '../error.ts';

/** The parts of the tab. */
export const parts = ['setup', 'settings', 'claims', 'sign-ins'] as const;
export type Part = (typeof parts)[number];

export const tabPath = (code: string, part: Part = 'setup'): `/${string}` =>
  `/admin/connections/${code}/saml${part === 'setup' ? '' : `?part=${part}`}`;

/** Does what a button is for and goes back to the tab, which says what was done or why it was not. */
export async function actedOn(visit: Visit, work: (code: string) => Promise<string>): Promise<Redirect> {
  const code = visit.params.code ?? '';
  try {
    return redirect(tabPath(code), { done: await work(code) });
  } catch (error) {
    if (!(error instanceof SamlError) && !(error instanceof ConnectionError)) throw error;
    return redirect(tabPath(code), { problem: error.message });
  }
}
