/** What a new module may begin with. */
export interface Part {
  /** Files of the template that come with it. */
  readonly files: readonly string[];
  /** What the template's manifest names only for it: imported names, other modules in quotes, `::resource`, a property. */
  readonly names: readonly string[];
}

/** By the words of `--with`. */
export const parts = {
  config: { files: ['settings.ts'], names: ['settings', '::config'] },
  plugin: { files: ['plugin.ts'], names: ['mappingPlugin', "'attribute-mapping'"] },
  observer: { files: ['observer.ts'], names: ['savedObserver', "'customer'"] },
  route: { files: ['route.ts'], names: ['answerRoute', '::view'] },
  page: { files: ['admin/page.tsx'], names: ['answerPage', '::view', "'admin'"] },
  command: { files: ['command.ts'], names: ['answerCommand'] },
  migration: { files: ['migrations/0001-answer.ts', 'answers.ts'], names: ['migrations'] },
  'mapping-transform': { files: ['transform.ts'], names: ['transform', "'attribute-mapping'"] },
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof parts;

export const partNames = Object.keys(parts) as readonly PartName[];
