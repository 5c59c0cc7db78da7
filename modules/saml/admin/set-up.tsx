import type { SamlConfiguration } from '../provider/configuration.ts';
import { CertificatesCard } from './certificates-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { noMetadata } from './metadata-form.tsx';
import { ProviderCard, type TypedProvider } from './provider-card.tsx';
import { knownProvider } from './provider-form.tsx';
import { SwitchCard } from './switch-card.tsx';
import { TestCard } from './test-card.tsx';
import { ValuesCard } from './values-card.tsx';

/** The part "Set-up": what each side needs of the other. */
export function SetUp(given: { held: SamlConfiguration; now: Date; typed?: Partial<TypedProvider> | undefined }) {
  const { held, now, typed } = given;
  return (
    <div class="two-columns">
      <div class="column">
        <ValuesCard held={held} />
        <ProviderCard
          held={held}
          typed={{
            metadata: noMetadata,
            metadataErrors: {},
            provider: knownProvider(held),
            providerErrors: {},
            ...typed,
          }}
        />
      </div>
      <div class="column">
        <SwitchCard held={held} now={now} />
        <TestCard held={held} now={now} />
        <CertificatesCard held={held} now={now} />
        <KeysCard held={held} now={now} />
      </div>
    </div>
  );
}
