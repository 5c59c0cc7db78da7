import type { Profile } from '../connection.ts';

/** The letter that stands for a provider on its tile. */
export const ProviderSign = ({ profile, name }: { profile: Profile; name: string }) => (
  <span class="tile-sign" aria-hidden="true">
    {profile === 'generic' ? '…' : name.replace('Microsoft ', '').slice(0, 1).toUpperCase()}
  </span>
);
