import { MappingPublished } from '../../attribute-mapping/index.ts';
import { observe } from '../../framework/index.ts';
import { SearchForms } from './search-forms.ts';

/** Begins at once in the process where another mapping came into effect; the others look every half minute. */
export const formsFollow = observe(MappingPublished, {
  id: 'provisioning.search-forms.follow',
  when: 'committed',
  inject: { forms: SearchForms },
  handle: (_published, { forms }) => forms.kick(),
});
