import { columns, issueLines, plain, section } from './print.ts';
import type { SignInPreview } from './sign-in-preview.ts';

/** The preview of a sign-in, for a person. */
export function signInPreviewText(preview: SignInPreview): string {
  const { identifier, status, outcome, difference, issues, trace } = preview;
  const changes = difference.map(({ target, before, after }) => [target, plain(before), plain(after)]);
  return [
    `${plain(identifier, 200)} ${outcome === undefined ? `would not come in (${status})` : `would come in (${outcome})`}. Nobody was signed in, and nothing was written.`,
    ...section('Would change', changes.length === 0 ? ['  nothing'] : columns([['TARGET', 'NOW', 'THEN'], ...changes])),
    ...section('Issues', issues.flatMap(issueLines)),
    ...section('Trace', columns(trace.map(({ step, note }) => [step, plain(note, 200)]))),
  ].join('\n');
}
