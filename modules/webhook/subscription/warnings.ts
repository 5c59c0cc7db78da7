import { reservedWarning } from '../scope/scope.ts';
import type { Webhook } from '../webhook.ts';
import { placeholderNames, placeholdersIn } from './placeholder.ts';

/** What an administrator should look after, each a sentence with a cure. */
export function warningsOf(
  webhook: Pick<Webhook, 'scope' | 'destination' | 'fillsPlaceholders' | 'disabledBecause'>,
): readonly string[] {
  const reserved = reservedWarning(webhook.scope);
  return [
    ...(reserved === undefined ? [] : [reserved]),
    ...unresolved(webhook),
    ...(webhook.disabledBecause === null
      ? []
      : [`It was switched off by itself: ${webhook.disabledBecause} Switch it on again when the receiver works.`]),
  ];
}

function unresolved({ destination, fillsPlaceholders }: Pick<Webhook, 'destination' | 'fillsPlaceholders'>): string[] {
  const all = placeholdersIn(destination);
  const left = (fillsPlaceholders ? all.filter(({ filled }) => filled === undefined) : all).map(
    ({ name }) => `{${name}}`,
  );
  if (left.length === 0) return [];
  const some = left.join(', ');
  return [
    fillsPlaceholders
      ? `Nobody knows ${some} in the destination, which is sent as it stands; there are ${placeholderNames.map((name) => `{${name}}`).join(', ')}.`
      : `${some} in the destination is sent as it stands: write what the receiver's guide means by it (such as your account's id), or let placeholders be filled in.`,
  ];
}
