import { ApplicationNames } from '../activity/index.ts';
import { contribute } from '../framework/index.ts';
import { Connections } from './connection.ts';

/** Lets reports of activity name applications by the codes of their connections. */
export const applicationNames = contribute(ApplicationNames, { connections: Connections }, ({ connections }) => ({
  list: async (db) => (await connections.list(db)).map(({ id, code, name }) => ({ connectionId: id, code, name })),
}));
