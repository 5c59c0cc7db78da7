import { Moment } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { MappingInEffect } from '../version/version.ts';

/** `version 3, published by anna …`, or what stands in its place until something is published. */
export function versionWords({ version, author, publishedAt, comment }: MappingInEffect, { profile }: Connection) {
  if (version === 0) return <>the preset of the profile “{profile}”</>;
  return (
    <>
      version {version}, published by {author} on <Moment at={publishedAt} />
      {comment ? <> (“{comment}”)</> : null}
    </>
  );
}

/** `version 3`, or `the preset`. */
export const versionName = (version: number): string => (version === 0 ? 'the preset' : `version ${version}`);
