import { hash } from 'node:crypto';
import type { Resource } from '../resource/resource.ts';

/**
 * The entity tag of a resource (RFC 7644 §3.14), for `meta.version`: weak, because it stands for the state and not for
 * the bytes of one answer. It is a digest of everything but `meta`, whose dates say nothing about the state, and
 * `groups`, which others change. Keys count in the order given, so render a resource always in the same one.
 */
export function versionOf(resource: Resource): string {
  const { meta: _meta, groups: _groups, ...state } = resource;
  return `W/"${hash('sha1', JSON.stringify(state), 'base64url')}"`;
}
