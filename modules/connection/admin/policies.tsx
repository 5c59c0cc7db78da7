import {
  action,
  Button,
  Card,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Panel,
  PanelStack,
  Panels,
  page,
  redirect,
  type Screen,
  screen,
  type Visit,
} from '../../admin/index.ts';
import { Database } from '../../framework/index.ts';
import { type Connection, ConnectionError, Connections } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { actorOfVisit, askedConnection } from './asked-connection.ts';
import { PausedNotice } from './paused-notice.tsx';
import {
  fieldOfRefusal,
  fieldsOf,
  type PolicyErrors,
  type PolicyFields,
  readPolicies,
  sentPolicies,
} from './policy-fields.ts';
import { PolicyForm } from './policy-form.tsx';

const inject = { database: Database, connections: Connections, panels: Panels, editor: ConnectionEditor };

async function policiesScreen(given: {
  visit: Visit;
  connection: Connection;
  fields: PolicyFields;
  errors: PolicyErrors;
  panels: readonly Panel[];
  editor: ConnectionEditor;
}): Promise<Screen> {
  const { visit, connection, fields, errors, panels, editor } = given;
  const may = visit.may('connection::manage');
  return screen({
    title: connection.name,
    back: { href: '/admin/connections', label: 'Connections' },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    body: (
      <>
        <PausedNotice connection={connection} />
        <Form action={`/admin/connections/${connection.code}/policies`} id="policies" class="stacked">
          <FormErrors errors={errors} />
          <PolicyForm fields={fields} errors={errors} offered={await editor.offered(visit.database)} />
          {may && (
            <FormButtons>
              <Button look="primary">Save Config</Button>
            </FormButtons>
          )}
        </Form>
        {may && connection.active && (
          <Card title="Pause">
            <p>Refuses every request until you resume the connection. Customers stay as they are.</p>
            <div class="button-row">
              <LinkButton href={`/admin/connections/${connection.code}/pause`}>Pause Connection</LinkButton>
            </div>
          </Card>
        )}
        {await PanelStack(panels, 'connection.policies', visit)}
      </>
    ),
  });
}

export const policiesPage = page('/admin/connections/:code/policies', {
  acl: 'connection::view',
  tab: { of: 'connection', label: 'Policies and Safeguards', sortOrder: 40 },
  inject,
  async view(visit, { database, connections, panels, editor }) {
    const connection = await askedConnection(visit, connections, database);
    return policiesScreen({ visit, connection, fields: fieldsOf(connection), errors: {}, panels, editor });
  },
});

export const savePolicies = action('/admin/connections/:code/policies', {
  acl: 'connection::manage',
  inject,
  async perform(visit, { database, connections, panels, editor }) {
    const connection = await askedConnection(visit, connections, database);
    const fields = sentPolicies(visit.form, connection);
    const again = (errors: PolicyErrors) => policiesScreen({ visit, connection, fields, errors, panels, editor });
    const { changes, errors } = readPolicies(fields);
    if (Object.keys(errors).length > 0) return again(errors);
    try {
      await editor.change(connection.code, changes, actorOfVisit(visit));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return again({ [fieldOfRefusal(error)]: error.message });
    }
    return redirect(`/admin/connections/${connection.code}/policies`, {
      done: 'You saved the configuration. Running servers follow within 5 seconds.',
    });
  },
});
