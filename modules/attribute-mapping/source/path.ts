import {
  type AttributeDefinition,
  type AttributePath,
  type Filter,
  parsePath,
  printPatchPath,
  printPath,
  type ResourceType,
  resolveName,
  ScimError,
} from '../../scim/index.ts';
import { filteredElement } from './filtered-element.ts';
import { mainElement } from './main-element.ts';
import { each, element, member, type Place, top } from './place.ts';
import { type Source, SourceFault } from './source.ts';

const declareCure =
  'Choose an attribute of a known schema, or declare it under "sources" if the identity provider sends it.';
const mainPath = /^([^[\]]+)\[\s*main\s*\](?:\.([^.[\]]+))?$/i;

/** A place that was named: the attribute, and which of its elements is meant. */
interface Named {
  readonly path: AttributePath;
  readonly which: 'main' | Filter | undefined;
}

/**
 * Finds what a path names among the attributes of a resource type: `name.givenName`, `emails[main].value`,
 * `emails[type eq "work"].value`, `urn:…:User:department`. Case does not matter.
 *
 * @throws SourceFault
 */
export function parseSource(text: string, type: ResourceType): Source {
  const { path, which } = named(text.trim(), type);
  const { attribute, extension, schema } = path;
  const sub = path.subAttribute ?? valuePart(attribute, text);
  if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly')
    throw new SourceFault(
      'source-read-only',
      `"${text}" is given by the store; identity providers don't send it.`,
      'Choose an attribute that the identity provider sends.',
    );
  const whole = extension ? member(top(schema.id), attribute.name) : top(attribute.name);
  const selected =
    which === undefined ? whole : element(whole, which === 'main' ? mainElement : filteredElement(which));
  const list = attribute.multiValued && which === undefined;
  return {
    text: printed({ path: sub ? { ...path, subAttribute: sub } : path, which }),
    attribute: extension ? `${schema.id}:${attribute.name}` : attribute.name,
    type: (sub ?? attribute).type,
    list: list || sub?.multiValued === true,
    writable: isWritable(which, sub),
    ...placeOf(selected, sub, list),
  };
}

function placeOf(selected: Place, sub: AttributeDefinition | undefined, list: boolean): Place {
  if (!sub) return selected;
  return list ? each(selected, sub.name) : member(selected, sub.name);
}

/** Whether a value put there is found there again: not where the filter says too little, or asks for the value itself. */
function isWritable(which: Named['which'], sub: AttributeDefinition | undefined): boolean {
  if (which === undefined || which === 'main') return sub?.name !== 'primary' || which === undefined;
  const { known } = filteredElement(which);
  return known !== undefined && (sub === undefined || !(sub.name in known));
}

/** `emails` means `emails.value`. */
function valuePart(attribute: AttributeDefinition, text: string): AttributeDefinition | undefined {
  if (attribute.type !== 'complex') return undefined;
  const value = attribute.byName.get('value');
  if (value) return value;
  throw new SourceFault(
    'source-complex',
    `"${text}" has parts and no value of its own.`,
    `Choose one of ${attribute.subAttributes.map(({ name }) => `"${text}.${name}"`).join(', ')}.`,
  );
}

function named(text: string, type: ResourceType): Named {
  const main = mainPath.exec(text);
  if (main) return { path: mainOf(text, main[1] ?? '', main[2], type), which: 'main' };
  try {
    const path = parsePath(text, type, { mode: 'compat' });
    if (path.kind === 'extension')
      throw new SourceFault('source-complex', `"${text}" is a schema.`, `Name an attribute of it: "${text}:…".`);
    return { path, which: path.filter };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const unknown = /^No known schema|has no (sub-)?attribute/.test(error.message);
    throw new SourceFault(unknown ? 'source-unknown' : 'source-malformed', error.message, declareCure);
  }
}

function mainOf(text: string, name: string, sub: string | undefined, type: ResourceType): AttributePath {
  const found = resolveName(name.trim(), type, true);
  if (found.kind !== 'attribute' || found.path.subAttribute)
    throw new SourceFault('source-unknown', `No known schema has the attribute "${name}".`, declareCure);
  const { attribute } = found.path;
  if (!attribute.multiValued)
    throw new SourceFault(
      'source-malformed',
      `"${attribute.name}" has one value only, so there is no main one among them.`,
      `Write it without "[main]".`,
    );
  if (sub === undefined) return found.path;
  const subAttribute = attribute.byName.get(sub.trim().toLowerCase());
  if (!subAttribute)
    throw new SourceFault('source-unknown', `"${text}" names no attribute: there is no "${sub}".`, declareCure);
  return { ...found.path, subAttribute };
}

function printed({ path, which }: Named): string {
  if (which === undefined) return printPath(path);
  if (which !== 'main') return printPatchPath({ kind: 'attribute', ...path, filter: which });
  const { schema, extension, attribute, subAttribute } = path;
  return `${printPath({ schema, extension, attribute })}[main]${subAttribute ? `.${subAttribute.name}` : ''}`;
}
