import { formatValue, parseValue } from '../config/value.ts';
import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

const PATH = /^[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*$/;
const FIELD = /^[a-z][a-z0-9_]*$/;

/** Paths can be written as environment variables, declared defaults fit their fields, `dependsOn` names a field. */
export function checkConfig(inventory: Inventory, report: (problem: Problem) => void): void {
  for (const { module, item } of inventory.sections.values()) {
    const refuse = (message: string, cure: string): void => {
      report({ code: 'CONFIG_PATH', module, message: `configuration ${item.path}: ${message}`, cure });
    };
    const grammar = 'Use lower-case letters, digits and single underscores.';
    if (!PATH.test(item.path) || item.path.includes('__')) refuse('is not a section/group path.', grammar);
    for (const [name, field] of Object.entries(item.fields)) {
      if (!FIELD.test(name) || name.includes('__')) refuse(`"${name}" is not a field name.`, grammar);
      if (field.dependsOn !== undefined && item.fields[field.dependsOn]?.type !== 'yesno') {
        refuse(`"${name}" depends on "${field.dependsOn}", which is no yes/no field here.`, 'Correct dependsOn.');
      }
      try {
        parseValue(`${item.path}/${name}`, field, formatValue(field.default));
      } catch (cause) {
        refuse(`the default of "${name}" does not fit: ${(cause as Error).message}`, 'Correct the default.');
      }
    }
  }
}
