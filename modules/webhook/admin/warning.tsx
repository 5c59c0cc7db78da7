import type { ComponentChildren } from 'preact';
import { Icon } from '../../admin/index.ts';

/** Something that works and is most likely not what was meant. */
export function Warning({ children }: { children: ComponentChildren }) {
  return (
    <div class="notice warn" role="status">
      <Icon name="warning" />
      <div>{children}</div>
    </div>
  );
}
