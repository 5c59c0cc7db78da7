import { type Screen, screen } from '../../admin/index.ts';
import { identityProviders } from './identity-provider.ts';
import { ProviderSign } from './provider-sign.tsx';
import { Steps } from './steps.tsx';

/** Step 1: a tile for each identity provider. */
export const providerScreen = (): Screen =>
  screen({
    title: 'Add Connection',
    back: { href: '/admin/connections', label: 'Connections' },
    lead: 'Which identity provider keeps your users?',
    body: (
      <>
        <Steps current={1} />
        <ul class="tiles">
          {identityProviders.map(({ profile, name, hint }) => (
            <li key={profile}>
              <a class="tile" href={`/admin/connections/new?provider=${profile}`}>
                <ProviderSign profile={profile} name={name} />
                <span>
                  <strong>{name}</strong>
                  <small>{hint}</small>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  });
