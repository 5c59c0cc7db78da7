import type { ModuleManifest } from '../module/manifest.ts';
import type { Container } from './container.ts';
import type { Inventory } from './inventory.ts';

/** The boot as a tree for people: modules in order, and under each its services (with ms), plugins, observers, routes. */
export function drawTree(inventory: Inventory, container: Container): string {
  return inventory.modules
    .map((module) => [`${module.name} ${module.version}`, ...branches(linesOf(module, container))].join('\n'))
    .join('\n');
}

function linesOf(module: ModuleManifest, { timings }: Container): string[] {
  return [
    ...(module.provides ?? []).map(({ token }) => {
      const ms = timings.get(token.id);
      return `service ${token.id}${ms === undefined ? ' (not created)' : ` ${ms.toFixed(1)} ms`}`;
    }),
    ...(module.contributes ?? []).map(({ point }) => `contribution to ${point.id}`),
    ...(module.plugins ?? []).map(
      ({ id, target, sortOrder, disabled }) =>
        `plugin ${id} on ${target.id}${sortOrder === undefined ? '' : ` at ${sortOrder}`}${disabled ? ' (disabled)' : ''}`,
    ),
    ...(module.observers ?? []).map(({ id, event, when }) => `observer ${id} of ${event.id}, ${when}`),
    ...(module.routes ?? []).map((item) =>
      item.kind === 'mount' ? `mount ${item.path}` : `route ${item.method} ${item.path}`,
    ),
    ...(module.commands ?? []).map(({ name }) => `command ${name}`),
  ];
}

const branches = (lines: readonly string[]): string[] =>
  lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`);
