import type { Client } from '../suite/client.ts';
import { type Json, textOf } from '../suite/json.ts';

/** Four users that the checks of queries share. Their userNames tell them apart; a filter on the mark finds them all. */
export interface People {
  /** Holds for these four and for nobody else. */
  readonly all: string;
  readonly ada: Json;
  readonly bob: Json;
  readonly cyd: Json;
  readonly dan: Json;
  readonly ids: readonly string[];
}

const one = (client: Client, who: string, given: Readonly<Record<string, unknown>>): Promise<Json> => {
  const userName = `${client.mark}-people-${who}@example.com`;
  return client.user({ userName, emails: [{ value: userName, type: 'work', primary: true }], ...given });
};

/** Makes them once per run. */
export function people(client: Client): Promise<People> {
  return client.shared('people', async () => {
    const marked = (text: string) => `${client.mark} ${text}`;
    const cyd = `${client.mark}-people-cyd`;
    // Made in another order than that of their names, so that a provider that doesn't sort is found out.
    const made = {
      cyd: await one(client, 'cyd', {
        displayName: marked('cyd 100% sure_ly'),
        name: { givenName: 'Cyd', familyName: 'Adams' },
        externalId: `${client.mark}-Ext-cyd`,
        emails: [
          { value: `${cyd}@example.com`, type: 'work', primary: true },
          { value: `${cyd}@home.example.com`, type: 'home' },
        ],
      }),
      ada: await one(client, 'ada', {
        displayName: marked('ada "the first" back\\slash'),
        name: { givenName: 'Ada', familyName: 'Zimmer' },
        externalId: `${client.mark}-Ext-ada`,
      }),
      dan: await one(client, 'dan', {
        displayName: marked('DAN'),
        name: { givenName: 'Dan', familyName: 'Baker' },
        active: false,
      }),
      bob: await one(client, 'Bob', {
        displayName: marked('bob'),
        name: { givenName: 'Bob', familyName: 'carter' },
        externalId: `${client.mark}-Ext-bob`,
      }),
    };
    const { ada, bob, cyd: third, dan } = made;
    const ids = [ada, bob, third, dan].map(({ id }) => textOf(id));
    return { all: `userName sw "${client.mark}-people-"`, ada, bob, cyd: third, dan, ids };
  });
}

/** A filter that holds for some of the four, kept to the four. */
export const among = ({ all }: People, filter: string): string => `${all} and (${filter})`;
