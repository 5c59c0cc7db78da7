import type { Profile } from '../connection.ts';
import { ProviderSign } from './provider-sign.tsx';

export interface ProviderTile {
  readonly profile: Profile;
  readonly name: string;
  readonly hint: string;
  readonly href: string;
}

/** A tile for each identity provider, and for what comes by way of one. */
export const ProviderTiles = ({ tiles }: { tiles: readonly ProviderTile[] }) => (
  <ul class="tiles">
    {tiles.map(({ profile, name, hint, href }) => (
      <li key={href}>
        <a class="tile" href={href}>
          <ProviderSign profile={profile} name={name} />
          <span>
            <strong>{name}</strong>
            <small>{hint}</small>
          </span>
        </a>
      </li>
    ))}
  </ul>
);
