import { ActionButton, Badge, Card, usePage } from '../../admin/index.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import { missingFrom } from './missing.ts';

/** Whether people can log in, what is missing, and the switch. */
export function SwitchCard({ held, now }: { held: SamlConfiguration; now: Date }) {
  const { visit } = usePage();
  const { connection, on } = held;
  const missing = missingFrom(held, now);
  const action = `/admin/connections/${connection.code}/saml/switch`;
  const works = on && missing.length === 0;
  return (
    <Card
      title="Single Sign-On"
      aside={
        <Badge tone={works ? 'good' : on ? 'warn' : 'neutral'}>
          {works ? 'On' : on ? 'On, but nobody can log in' : 'Off'}
        </Badge>
      }
    >
      {missing.length > 0 ? (
        <>
          <p>{on ? 'Nobody can log in:' : 'Before it is switched on:'}</p>
          <ul class="missing">
            {missing.map(({ what, cure, href }) => (
              <li key={what}>
                {what} <a href={href}>{cure}</a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {on
            ? 'People log in to the store with their accounts at the identity provider.'
            : 'Everything is in place. Try a login first; a test works while this is off.'}
        </p>
      )}
      {visit.may('saml::manage') && (
        <div class="button-row">
          <ActionButton
            action={action}
            fields={{ on: on ? '0' : '1' }}
            look={on || missing.length > 0 ? 'plain' : 'primary'}
          >
            {on ? 'Switch SAML SSO Off' : 'Switch SAML SSO On'}
          </ActionButton>
        </div>
      )}
    </Card>
  );
}
