import type { Profile } from '../../connection.ts';
import { commonTroubles, type Guide } from './guide.ts';
import type { GuidePart } from './guide-parts.ts';
import { guideOf } from './guides.ts';

/** The guide of a provider with what other rooms bring to it: all ways, and troubles from the particular to the general. */
export function wholeGuide(profile: Profile, parts: readonly Pick<GuidePart, 'ways' | 'troubles'>[]): Guide {
  const own = guideOf(profile);
  return {
    ...own,
    variants: [...own.variants, ...parts.flatMap((part) => part.ways(profile, own))],
    troubles: [...own.troubles, ...parts.flatMap((part) => part.troubles(profile)), ...commonTroubles],
  };
}
