import { Card, Copyable, LinkButton } from '../../admin/index.ts';
import { providerOf } from '../../connection/index.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import { samlWordsOf } from './words.ts';

/** What the identity provider asks for, in its own words. */
export function ValuesCard({ held }: { held: SamlConfiguration }) {
  const { connection, entityId, acsUrl, logoutUrl, loginUrl, metadataUrl, keys } = held;
  const provider = providerOf(connection.profile);
  const words = samlWordsOf(connection.profile);
  const values: readonly (readonly [id: string, label: string | undefined, value: string])[] = [
    ['saml-entity-id', words.entityId, entityId],
    ['saml-acs', words.acsUrl, acsUrl],
    ['saml-slo', words.logoutUrl, logoutUrl],
    ['saml-login', words.loginUrl, loginUrl],
    ['saml-metadata', words.metadataUrl, metadataUrl],
  ];
  return (
    <Card
      title={`Values for ${provider.name}`}
      aside={<a href={`/admin/connections/${connection.code}/guide?way=saml`}>Setup Guide</a>}
    >
      {values.map(
        ([id, label, value]) =>
          label !== undefined && (
            <div key={id} class="copy-value">
              <Copyable label={label} value={value} id={id} />
            </div>
          ),
      )}
      <p class="field-help">
        Where {provider.name === 'Another provider' ? 'it' : provider.name} takes metadata, that address or file is
        enough: it holds the others.
      </p>
      {keys.length > 0 && (
        <div class="button-row">
          <LinkButton href={`/admin/connections/${connection.code}/saml/metadata.xml`}>Download Metadata</LinkButton>
          <LinkButton href={`/admin/connections/${connection.code}/saml/certificate.pem`}>
            Download Certificate
          </LinkButton>
        </div>
      )}
    </Card>
  );
}
