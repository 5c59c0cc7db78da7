import { ActionButton, Card, usePage } from '../../admin/index.ts';
import { providerOf } from '../../connection/index.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import { missingFrom } from './missing.ts';

/** The way into a test login. */
export function TestCard({ held, now }: { held: SamlConfiguration; now: Date }) {
  const { visit } = usePage();
  const { connection } = held;
  if (!visit.may('saml::manage')) return null;
  const ready = missingFrom(held, now).length === 0;
  return (
    <Card title="Test login">
      <p>
        Log in at {providerOf(connection.profile).name} with your own account there, and see the assertion, what the
        claims make of it, and the customer that would come of it. Nobody is logged in to the store and nothing is
        changed.
      </p>
      {ready ? (
        <div class="button-row">
          <ActionButton action={`/admin/connections/${connection.code}/saml/test`} icon="person">
            Test Login
          </ActionButton>
        </div>
      ) : (
        <p class="muted">It works as soon as nothing is missing above.</p>
      )}
    </Card>
  );
}
