import {
  action,
  Button,
  Card,
  Form,
  FormButtons,
  page,
  type Screen,
  screen,
  type Visit,
} from '../../../admin/index.ts';
import { MappingPanels, MappingVersions, mappingPath, UserMapping } from '../../../attribute-mapping/index.ts';
import { type Connection, Connections, orRefuse } from '../../../connection/index.ts';
import { CustomerAttributes } from '../../../customer/index.ts';
import { contribute, Database, type Resolved } from '../../../framework/index.ts';
import { MappingPreview } from '../../preview/preview.ts';
import { ReceivedPayloads } from '../../preview/received-payloads.ts';
import { recentFor } from './recent.ts';
import { type Trial, tryForm } from './trial.ts';
import { resultId, TrialFields } from './trial-fields.tsx';
import { TrialResult } from './trial-result.tsx';

const path = '/admin/connections/:code/mapping/preview' as const;
const inject = {
  database: Database,
  connections: Connections,
  versions: MappingVersions,
  mapping: UserMapping,
  attributes: CustomerAttributes,
  preview: MappingPreview,
  payloads: ReceivedPayloads,
};
type Parts = Resolved<typeof inject>;
const access = { acl: 'provisioning::preview', inject } as const;

/** Of a form: what is no field of the row. */
const own: ReadonlySet<string> = new Set(['_token', 'payload', 'text', 'row']);

const visited = ({ params }: Visit, { connections, database }: Parts): Promise<Connection> =>
  orRefuse(() => connections.byCode(database, params.code ?? ''));

/** The trial as a page of its own, which scripts take the result from. */
async function previewScreen(visit: Visit, parts: Parts, trial?: Trial | string): Promise<Screen> {
  const connection = await visited(visit, parts);
  const recent = await recentFor(visit, parts.payloads, connection);
  const { form } = visit;
  const row = form.get('row');
  const rowFields = form.has('type') ? [...form].filter(([name]) => !own.has(name)) : [];
  const save = mappingPath(connection, row === null ? '/rows/new' : `/rows/${encodeURIComponent(row)}`);
  const given = trial ?? (await tryForm(visit, parts, connection));
  return screen({
    title: 'Preview',
    back: { href: mappingPath(connection), label: `Attribute Mapping of ${connection.name}` },
    body: (
      <Card title="What would happen">
        <Form action={mappingPath(connection, '/preview')} id="preview-form">
          {rowFields.map(([name, value], at) => (
            <input key={`${name}${at}`} type="hidden" name={name} value={value} />
          ))}
          {row !== null && <input type="hidden" name="row" value={row} />}
          <TrialFields
            connection={connection}
            recent={recent}
            form="preview-form"
            payload={form.get('payload') ?? undefined}
            text={form.get('text') ?? undefined}
            atOnce={false}
          />
          <FormButtons>
            <Button look={rowFields.length > 0 ? 'plain' : 'primary'}>Preview</Button>
            {rowFields.length > 0 && visit.may('attribute-mapping::edit') && (
              <Button look="primary" formaction={save}>
                Save in Draft
              </Button>
            )}
          </FormButtons>
        </Form>
        <div id={resultId}>
          <TrialResult trial={given} />
        </div>
      </Card>
    ),
  });
}

const previewPage = page(path, { ...access, view: (visit, parts) => previewScreen(visit, parts) });
const previewForm = action(path, { ...access, perform: (visit, parts) => previewScreen(visit, parts) });
export const previewPages = [previewPage, previewForm];

const panel = { title: 'Preview', acl: 'provisioning::preview', sortOrder: 10 } as const;

/** Below the rows: what becomes of a payload by the draft. */
const below = contribute(MappingPanels, { payloads: ReceivedPayloads }, ({ payloads }) => ({
  ...panel,
  subject: 'mapping',
  async view(visit, connection) {
    const recent = await recentFor(visit, payloads, connection);
    return (
      <>
        <Form action={mappingPath(connection, '/preview')} id="preview-form">
          <TrialFields connection={connection} recent={recent} form="preview-form" atOnce />
          <FormButtons>
            <Button>Preview</Button>
          </FormButtons>
        </Form>
        <div id={resultId} />
      </>
    );
  },
}));

/** Beside the form of a row: what becomes of a payload by the row as it stands in the form. */
const beside = contribute(MappingPanels, { payloads: ReceivedPayloads }, ({ payloads }) => ({
  ...panel,
  subject: 'row',
  async view(visit, connection) {
    const recent = await recentFor(visit, payloads, connection);
    const { params } = visit;
    return (
      <>
        {params.row !== undefined && <input type="hidden" name="row" value={params.row} form="row-form" />}
        <TrialFields connection={connection} recent={recent} form="row-form" atOnce />
        <FormButtons>
          <Button form="row-form" formaction={mappingPath(connection, '/preview')}>
            Preview this Row
          </Button>
        </FormButtons>
        <div id={resultId} />
      </>
    );
  },
}));
export const previewPanels = [below, beside];
