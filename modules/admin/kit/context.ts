import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Visit } from './visit.ts';

/** What components know of the page around them. */
export interface PageContext {
  readonly visit: Visit;
  /** The token that every form carries. */
  readonly formToken: string;
}

const Page = createContext<PageContext | undefined>(undefined);
export const PageProvider = Page.Provider;

/** The page that is being rendered. @throws Error outside of one */
export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) throw new Error('This component stands outside of a page; answer screen({ … }) from a page or an action.');
  return page;
}
