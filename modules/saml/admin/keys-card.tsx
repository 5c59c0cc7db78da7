import { ActionButton, Badge, Card, LinkButton, type Tone, usePage } from '../../admin/index.ts';
import type { KeyState, SamlConfiguration } from '../provider/configuration.ts';
import { Expiry } from './expiry.tsx';

const words: Readonly<Record<KeyState, readonly [Tone, string, string]>> = {
  active: ['good', 'Signs', 'signs what we send, and decrypts'],
  next: ['info', 'Next', 'stands in our metadata beside the active one, and decrypts already'],
  retiring: ['neutral', 'Retiring', 'only decrypts, for whoever has not taken up the new one'],
};

/** Our own keys, and their rollover in steps. */
export function KeysCard({ held, now }: { held: SamlConfiguration; now: Date }) {
  const { visit } = usePage();
  const { keys, connection } = held;
  const at = `/admin/connections/${connection.code}/saml/keys`;
  const rolling = keys.some(({ state }) => state === 'next');
  return (
    <Card title="Keys of this store" id="keys">
      {keys.length === 0 ? (
        <p class="muted">The first key is made with the first change of this page.</p>
      ) : (
        <ul class="token-list">
          {keys.map(({ id, state, fingerprint, notAfter }) => {
            const [tone, word, does] = words[state];
            return (
              <li key={id}>
                <div>
                  <p>
                    <strong class="code">{fingerprint.slice(0, 16)}</strong> <Badge tone={tone}>{word}</Badge>
                  </p>
                  <p>It {does}.</p>
                  <p class="muted">
                    Its certificate <Expiry notAfter={notAfter} now={now} />
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {visit.may('saml::manage') && keys.length > 0 && (
        <div class="button-row">
          {rolling ? (
            <>
              <LinkButton href={`${at}/complete`} look="primary">
                Complete the Rollover
              </LinkButton>
              <ActionButton action={`${at}/cancel`}>Cancel the Rollover</ActionButton>
            </>
          ) : (
            <ActionButton action={`${at}/start`} icon="key">
              Start a Key Rollover
            </ActionButton>
          )}
        </div>
      )}
      {rolling && (
        <p class="field-help">
          Let the identity provider read our metadata again, or upload the next certificate there; then complete.
        </p>
      )}
    </Card>
  );
}
