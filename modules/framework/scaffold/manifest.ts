import { type PartName, partNames, parts } from './part.ts';

/** The template's manifest, which has every part, with only these: a line goes with the last name on it. */
export function manifestWith(template: string, chosen: readonly PartName[]): string {
  const namesOf = (list: readonly PartName[]): string[] => list.flatMap((part) => [...parts[part].names]);
  const staying = new Set(namesOf(chosen));
  const gone = new Set(namesOf(partNames).filter((name) => !staying.has(name)));
  const lines = template.split('\n').flatMap((line) => {
    const [, list, items = ''] = /^ {2}(\w+): \[(.*)\],$/.exec(line) ?? [];
    if (list === undefined) return gone.has(nameOn(line) ?? '') ? [] : [line];
    const left = items.split(', ').filter((item) => !gone.has(item));
    return left.length === 0 ? [] : [`  ${list}: [${left.join(', ')}],`];
  });
  return lines.join('\n').replace('  acl: {\n  },\n', '');
}

function nameOn(line: string): string | undefined {
  const found = /^import \{ (\w+) \}|^ {4}'[\w-]+(::\w+)'|^ {2}(\w+): new URL/.exec(line);
  return found?.slice(1).find((name) => name !== undefined);
}
