import { renderToString } from 'preact-render-to-string';
import { Page } from './letter.tsx';
import { plainText } from './plain-text.ts';
import type { Letter } from './template.ts';

/** Both forms of a mail's body. */
export interface RenderedLetter {
  readonly html: string;
  readonly text: string;
}

/** Renders a letter: values are escaped wherever they stand. */
export function renderLetter({ subject, body }: Letter): RenderedLetter {
  return {
    html: `<!DOCTYPE html>\n${renderToString(<Page title={subject}>{body}</Page>)}`,
    text: plainText(body),
  };
}
