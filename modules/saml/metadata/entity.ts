import { attribute, children, told } from '../xml/element.ts';
import { samlp } from '../xml/names.ts';
import { unusable } from './metadata-error.ts';
import { md } from './names.ts';

const deepest = 8;

/** An identity provider among the entities of a document. */
export interface ListedEntity {
  readonly element: Element;
  readonly entityId: string;
  readonly role: Element;
  /** Elements around it, whose validity it shares, from the outside in. */
  readonly within: readonly Element[];
}

const speaksSaml2 = (role: Element): boolean =>
  (attribute(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(samlp);

function* entities(
  element: Element,
  within: readonly Element[],
): Generator<{ element: Element; within: readonly Element[] }> {
  if (element.namespaceURI !== md) return;
  if (element.localName === 'EntityDescriptor') yield { element, within };
  else if (element.localName === 'EntitiesDescriptor' && within.length < deepest)
    for (const inner of children(element)) yield* entities(inner, [...within, element]);
}

/**
 * The identity provider that a document is about: the only one, or the one with this entity ID.
 * @throws SamlError `SAML_METADATA_INVALID`
 */
export function entityOf(root: Element, wanted: string | undefined): ListedEntity {
  if (root.namespaceURI !== md || !/^Entit(y|ies)Descriptor$/.test(String(root.localName)))
    throw unusable(
      `This is no SAML metadata: it begins with ${told(root)}. Download the metadata of the identity provider, which begins with <EntityDescriptor>.`,
    );
  const all = [...entities(root, [])];
  const listed = all.flatMap(({ element, within }): ListedEntity[] => {
    const role = children(element, md, 'IDPSSODescriptor').find(speaksSaml2);
    return role ? [{ element, within, role, entityId: attribute(element, 'entityID') ?? '' }] : [];
  });
  const [first] = listed;
  if (!first) throw noProvider(all.map(({ element }) => element));
  if (wanted !== undefined) return named(listed, wanted);
  if (listed.length === 1) return first;
  const names = listed.slice(0, 5).map(({ entityId }) => `"${entityId.slice(0, 200)}"`);
  throw unusable(
    `There are ${listed.length} identity providers in this metadata; say which one by its entity ID (--entity-id): ${names.join(', ')}${listed.length > 5 ? ' and more' : ''}.`,
  );
}

function named(listed: readonly ListedEntity[], wanted: string): ListedEntity {
  const found = listed.filter(({ entityId }) => entityId === wanted);
  const [one] = found;
  if (one && found.length === 1) return one;
  if (one)
    throw unusable(`The metadata has the entity ID "${wanted.slice(0, 200)}" ${found.length} times; one is allowed.`);
  const names = listed.slice(0, 5).map(({ entityId }) => `"${entityId.slice(0, 200)}"`);
  throw unusable(
    `The metadata is not about "${wanted.slice(0, 200)}" but about ${names.join(', ')}; import it anew if the identity provider has changed.`,
  );
}

function noProvider(elements: readonly Element[]) {
  const service = elements.some((element) => children(element, md, 'SPSSODescriptor').length > 0);
  const old = elements.some((element) => children(element, md, 'IDPSSODescriptor').length > 0);
  if (service)
    return unusable(
      'This is the metadata of a service provider, perhaps our own; download the metadata of the identity provider.',
    );
  return unusable(
    old
      ? 'The identity provider in this metadata does not speak SAML 2.0; switch it on there.'
      : 'There is no identity provider in this metadata (no <IDPSSODescriptor>); download the metadata of the identity provider.',
  );
}
