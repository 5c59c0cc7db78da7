import { SeenSources } from '../../../attribute-mapping/index.ts';
import { contribute } from '../../../framework/index.ts';
import { isObject } from '../../../scim/index.ts';
import { ReceivedPayloads } from '../../preview/received-payloads.ts';
import { recentFor } from './recent.ts';

const ours: ReadonlySet<string> = new Set(['schemas', 'id', 'meta', 'password']);

function elementPaths(name: string, elements: readonly unknown[]): readonly string[] {
  return elements.filter(isObject).flatMap((element) => {
    const which = typeof element.type === 'string' ? `type eq ${JSON.stringify(element.type)}` : 'main';
    return Object.keys(element)
      .filter((part) => part !== 'type' && part !== 'primary')
      .map((part) => `${name}[${which}].${part}`);
  });
}

function pathsOf(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return elementPaths(name, value);
  if (!isObject(value)) return [name];
  const joint = name.toLowerCase().startsWith('urn:') ? ':' : '.';
  return Object.keys(value).map((part) => `${name}${joint}${part}`);
}

/** The attributes in a user as it was sent, as rows name them. */
export const sourcesIn = (body: unknown): readonly string[] =>
  isObject(body) && !('Operations' in body)
    ? Object.entries(body).flatMap(([name, value]) => (ours.has(name) ? [] : pathsOf(name, value)))
    : [];

export const receivedSources = contribute(SeenSources, { payloads: ReceivedPayloads }, ({ payloads }) => ({
  async of(connection, visit) {
    const recent = await recentFor(visit, payloads, connection);
    return [...new Set(recent.flatMap(({ body }) => sourcesIn(body)))];
  },
}));
