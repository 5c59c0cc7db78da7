import { ActionButton, Card, DefinitionList, Moment, Notice, usePage } from '../../admin/index.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import type { IdpFacts } from '../provider/idp-facts.ts';
import { type MetadataErrors, type MetadataFields, MetadataForm } from './metadata-form.tsx';
import { type ProviderErrors, type ProviderFields, ProviderForm } from './provider-form.tsx';

const Code = ({ children }: { children: string | undefined }) =>
  children === undefined ? <span class="muted">–</span> : <span class="code">{children}</span>;

const addresses = ({ redirect, post }: { redirect?: string; post?: string }) => (
  <>
    {redirect !== undefined && (
      <div>
        <Code>{redirect}</Code> <small class="muted">redirect</small>
      </div>
    )}
    {post !== undefined && (
      <div>
        <Code>{post}</Code> <small class="muted">post</small>
      </div>
    )}
    {redirect === undefined && post === undefined && <span class="muted">–</span>}
  </>
);

const Facts = ({ facts }: { facts: IdpFacts }) => (
  <DefinitionList
    items={[
      ['Entity ID', <Code key="id">{facts.entityId}</Code>],
      ['Single sign-on', addresses(facts.ssoUrls)],
      ['Single logout', addresses(facts.sloUrls)],
      ['Wants signed requests', facts.wantsSignedRequests ? 'Yes' : 'No'],
      ['Valid until', facts.validUntil === null ? undefined : <Moment key="until" at={new Date(facts.validUntil)} />],
    ]}
  />
);

/** Where the metadata comes from and how that last went. */
function Source({ held }: { held: SamlConfiguration }) {
  const { visit } = usePage();
  const { source, connection } = held;
  if (source.url === null) return null;
  return (
    <>
      {source.problem !== null && (
        <Notice kind="problem">
          <p>
            <strong>The metadata could not be read again.</strong> {source.problem} What was known goes on.
          </p>
        </Notice>
      )}
      <p class="muted">
        Metadata from <span class="code">{source.url}</span>, read <Moment at={source.readAt} />.
      </p>
      {visit.may('saml::manage') && (
        <ActionButton action={`/admin/connections/${connection.code}/saml/metadata/refresh`}>
          Read It Again
        </ActionButton>
      )}
    </>
  );
}

/** What refreshed metadata says differently, until somebody takes it over. */
function Offered({ held }: { held: SamlConfiguration }) {
  const { visit } = usePage();
  if (!held.offered) return null;
  return (
    <div class="offered">
      <Notice kind="note">
        <p>
          <strong>The metadata says something else now.</strong> Nothing of it counts until you take it over; ask the
          identity provider's administrator if you did not expect it.
        </p>
      </Notice>
      <Facts facts={held.offered} />
      {visit.may('saml::manage') && (
        <ActionButton action={`/admin/connections/${held.connection.code}/saml/metadata/take-over`} look="primary">
          Take Over These Addresses
        </ActionButton>
      )}
    </div>
  );
}

/** What was typed into the two forms and refused. */
export interface TypedProvider {
  readonly metadata: MetadataFields;
  readonly metadataErrors: MetadataErrors;
  readonly provider: ProviderFields;
  readonly providerErrors: ProviderErrors;
}

/** The identity provider as it is known, and the ways to make it known. */
export function ProviderCard({ held, typed }: { held: SamlConfiguration; typed: TypedProvider }) {
  const { visit } = usePage();
  const { idp, connection } = held;
  const may = visit.may('saml::manage');
  const wrongMetadata = Object.keys(typed.metadataErrors).length > 0;
  const wrongValues = Object.keys(typed.providerErrors).length > 0;
  const form = <MetadataForm code={connection.code} fields={typed.metadata} errors={typed.metadataErrors} />;
  return (
    <Card title="Identity provider" id="metadata">
      {idp ? <Facts facts={idp} /> : <p>Give the metadata of the identity provider; it holds all that is needed.</p>}
      <Source held={held} />
      <Offered held={held} />
      {may &&
        (idp ? (
          <details class="more" open={wrongMetadata}>
            <summary>Other metadata</summary>
            {form}
          </details>
        ) : (
          form
        ))}
      {may && (
        <details class="more" open={wrongValues}>
          <summary>{idp ? 'Change single values' : 'No metadata? Type its values'}</summary>
          <ProviderForm code={connection.code} fields={typed.provider} errors={typed.providerErrors} />
        </details>
      )}
    </Card>
  );
}
