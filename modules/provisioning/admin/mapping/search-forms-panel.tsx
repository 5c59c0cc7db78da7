import { Notice } from '../../../admin/index.ts';
import { MappingPanels } from '../../../attribute-mapping/index.ts';
import { mostUsersCounted } from '../../../connection/index.ts';
import { contribute } from '../../../framework/index.ts';
import { SearchForms } from '../../search-forms/search-forms.ts';

/** Said while filters and sorts of identity providers may still see users by the mapping before. */
export const searchFormsPanel = contribute(MappingPanels, { forms: SearchForms }, ({ forms }) => ({
  subject: 'mapping',
  title: 'Searches',
  acl: 'provisioning::preview',
  sortOrder: 5,
  async view(visit, connection) {
    const { finished, done, total } = await forms.progress(visit.database, connection, mostUsersCounted);
    if (finished) return undefined;
    return (
      <Notice kind="note">
        Another mapping is in effect since a moment ago. Reads follow it at once; filters and sorts of the identity
        provider follow user by user: {done.toLocaleString('en')} of{' '}
        {total >= mostUsersCounted ? 'more than 1,000' : total.toLocaleString('en')}. No customer is changed by that.
      </Notice>
    );
  },
}));
