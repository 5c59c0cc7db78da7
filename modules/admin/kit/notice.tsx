import type { ComponentChildren } from 'preact';
import type { Flash } from '../access/session.ts';
import { Icon } from './icon.tsx';

const icons = { done: 'check', problem: 'warning', note: 'info' } as const;

/** A message in the page: done, a problem, or something worth knowing. */
export function Notice({ kind, children }: { kind: Flash['kind']; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  );
}
