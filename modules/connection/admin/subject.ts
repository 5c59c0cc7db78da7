import { Subjects } from '../../admin/index.ts';
import { contribute } from '../../framework/index.ts';
import { ConnectionError, Connections } from '../connection.ts';

/** What the tabs of a connection are about; rooms that know more of connections bring tabs of their own. */
export const connectionSubject = contribute(Subjects, { connections: Connections }, ({ connections }) => ({
  name: 'connection',
  parent: { href: '/admin/connections', label: 'Connections' },
  async title({ code = '' }, database) {
    try {
      return (await connections.byCode(database, code)).name;
    } catch (error) {
      if (error instanceof ConnectionError) return undefined;
      throw error;
    }
  },
}));
