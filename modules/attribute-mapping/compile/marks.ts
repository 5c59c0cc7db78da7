import { hash } from 'node:crypto';
import type { AttributeDefinition, ResourceType } from '../../scim/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { specialTargets } from '../document/target.ts';
import type { MappingMarks } from '../mapping.ts';
import type { MappingEnvironment } from './environment.ts';

const digest = (said: unknown): string => hash('sha256', JSON.stringify(said)).slice(0, 16);

const form = ({ name, type, caseExact, subAttributes }: AttributeDefinition): unknown => [
  name,
  type,
  caseExact,
  subAttributes.map(form),
];

const telling = new WeakMap<MappingDocument, boolean>();

/** True where a document tells providers of customer groups, store views or websites. */
export function tellsChoices(document: MappingDocument): boolean {
  let tells = telling.get(document);
  if (tells === undefined) {
    tells = document.rows.some(
      ({ target, direction, enabled }) =>
        enabled !== false &&
        (direction === 'out' || direction === 'both') &&
        (specialTargets as readonly string[]).includes(target),
    );
    telling.set(document, tells);
  }
  return tells;
}

const toldChoices = (choices: MappingEnvironment['choices']): unknown =>
  choices && [choices.group, choices.store_view, choices.website].map((codes) => [...codes]);

/** The marks of a document as it is compiled for the store's attributes. */
export function marksOf(
  document: MappingDocument,
  { attributes, choices }: MappingEnvironment,
  type: ResourceType,
): MappingMarks {
  const schema = digest(
    [type.schema, ...type.extensions.map((extension) => extension.schema)].map(({ id, attributes: own }) => [
      id,
      own.map(form),
    ]),
  );
  return Object.freeze({
    schema,
    whole: digest([schema, document, attributes, tellsChoices(document) ? toldChoices(choices) : null]),
  });
}
