import type { Connection } from '../../connection/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { Website } from '../../store/index.ts';
import { warningsOf } from '../subscription/warnings.ts';
import type { Webhook } from '../webhook.ts';

/** A subscription as commands and the admin API show it: codes beside ids, and what to look after. */
export interface ShownWebhook extends Webhook {
  readonly connection: string | null;
  readonly website: string | null;
  readonly warnings: readonly string[];
}

/** Puts codes and warnings to a subscription. */
export const shownWebhook = (
  webhook: Webhook,
  connections: readonly Connection[],
  websites: readonly Website[],
): ShownWebhook => ({
  ...webhook,
  connection: connections.find(({ id }) => id === webhook.connectionId)?.code ?? null,
  website: websites.find(({ id }) => id === webhook.websiteId)?.code ?? null,
  warnings: warningsOf(webhook),
});

const time = (ms: number): string => `${sqlTimestamp(new Date(ms))} UTC`;

const stateOf = ({ active, disabledBecause, failingSinceMs, pausedUntilMs }: Webhook): string => {
  if (!active) return disabledBecause === null ? 'off' : 'switched off by itself';
  if (failingSinceMs === null) return 'on';
  return `fails since ${time(failingSinceMs)}${pausedUntilMs === null ? '' : `, tried again at ${time(pausedUntilMs)}`}`;
};

/** One line of a list, and a line for each thing to look after. */
export const linesOf = (shown: ShownWebhook): readonly string[] => [
  `${String(shown.id).padStart(5)}  ${(shown.active ? 'on' : 'off').padEnd(4)} ${shown.scope.padEnd(34)}  ${(shown.connection ?? '-').padEnd(20)}  ${shown.destination}${shown.name === '' ? '' : `  (${shown.name})`}`,
  ...shown.warnings.map((warning) => `       ! ${warning}`),
];

/** All of a subscription, a line for each thing; values of headers and secrets are not shown again. */
export function pageOf(shown: ShownWebhook): string {
  const lines: readonly (readonly [string, string])[] = [
    ['Webhook', `${shown.id}${shown.name === '' ? '' : ` (${shown.name})`}`],
    ['State', stateOf(shown)],
    ['Scope', shown.scope],
    ['Destination', shown.destination],
    ['Placeholders', shown.fillsPlaceholders ? 'filled in' : 'sent as they stand'],
    ['Headers', shown.headerNames.join(', ') || 'none'],
    ['Payload', shown.payload],
    ['Connection', shown.connection ?? 'none'],
    ['Website', shown.website ?? 'all'],
    ...(shown.oldSecretUntilMs === null
      ? []
      : [['Secret before', `signs as well until ${time(shown.oldSecretUntilMs)}`] as const]),
  ];
  return [
    ...lines.map(([label, value]) => `${`${label}:`.padEnd(16)} ${value}`),
    ...shown.warnings.map((warning) => `! ${warning}`),
  ].join('\n');
}

/** What stands below a secret that was made just now. */
export const secretLines = (secret: string): readonly string[] => [
  `${'Signing secret:'.padEnd(16)} ${secret}`,
  'The secret is shown only now; webhook:rotate-secret makes a new one.',
];
