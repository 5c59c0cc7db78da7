import { Card, DefinitionList, Moment } from '../../../admin/index.ts';
import type { Website } from '../../../store/index.ts';
import type { ScopeChoice } from '../../scope/catalogue.ts';
import { warningsOf } from '../../subscription/warnings.ts';
import type { HeldWebhook } from '../asked-webhook.ts';
import { PayloadExample, payloadLabel } from '../form/payload-choice.tsx';
import { scopeLabel } from '../form/scope-picker.tsx';
import { Warning } from '../warning.tsx';

interface SettingsCardProps {
  readonly held: HeldWebhook;
  readonly choices: readonly ScopeChoice[];
  readonly websites: readonly Website[];
}

/** What a subscription is told and where that goes; values of headers are shown to nobody. */
export function SettingsCard({ held, choices, websites }: SettingsCardProps) {
  const { webhook, connection } = held;
  const { scope, destination, headerNames, payload, websiteId } = webhook;
  // The card of the status says why it was switched off.
  const warnings = warningsOf({ ...webhook, disabledBecause: null });
  const website = websites.find(({ id }) => id === websiteId)?.name ?? websiteId;
  return (
    <Card title="Subscription">
      {warnings.map((warning) => (
        <Warning key={warning}>{warning}</Warning>
      ))}
      <DefinitionList
        items={[
          [
            'Is told',
            <>
              {scopeLabel(scope, choices)} <span class="code muted">{scope}</span>
            </>,
          ],
          [
            'Destination',
            <span key="to" class="code">
              {destination}
            </span>,
          ],
          [
            'Headers',
            headerNames.length === 0 ? (
              <span class="muted">none of its own</span>
            ) : (
              <ul class="plain-list">
                {headerNames.map((name) => (
                  <li key={name}>
                    <span class="code">{name}</span>: <span class="muted">••••••••</span>
                  </li>
                ))}
              </ul>
            ),
          ],
          ['Payload', payloadLabel(payload)],
          ['Connection', connection ? connection.name : 'none'],
          ['Website', websiteId === null ? 'all' : website],
          ['Created', <Moment key="created" at={new Date(webhook.createdMs)} />],
          ['Changed', <Moment key="updated" at={new Date(webhook.updatedMs)} />],
        ]}
      />
      <details class="more">
        <summary>Example of what is sent</summary>
        <PayloadExample form={payload} scope={scope} id="example-payload" />
      </details>
    </Card>
  );
}
