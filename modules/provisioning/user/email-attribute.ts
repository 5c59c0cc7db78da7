import type { ConnectionMapping } from '../../attribute-mapping/index.ts';

const usual = 'emails';

/**
 * The attribute that a mapping takes e-mail addresses from first, as errors name it; `emails` where that is not one
 * attribute.
 */
export function emailAttribute(mapping: Pick<ConnectionMapping, 'sourceOf'>): string {
  const source = mapping.sourceOf('email') ?? usual;
  return source.startsWith('urn:') ? source : (source.split(/[[.]/)[0] ?? usual);
}
