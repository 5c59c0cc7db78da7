import {
  action,
  Button,
  Card,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  page,
  redirect,
  type Screen,
  SelectField,
  screen,
  Tabs,
  TextField,
} from 'vestibule/admin';
import type { Connection } from 'vestibule/connection';
import type { CustomerGroup } from 'vestibule/customer';
import { CourseError } from '../course/course-error.ts';
import { type MappingKind, mappingKinds } from '../course/mapping.ts';
import { kindWords } from './map.tsx';
import { actorOf, mapPath } from './places.tsx';
import { mapServices as services } from './services.ts';
import { CourseFields, fieldOf, mappingOf, type Typed, typedIn } from './typed.tsx';

const acl = 'course-sync::manage';
const newPath = '/admin/courses/new';

interface NewScreen {
  readonly typed: Typed;
  readonly groups: readonly CustomerGroup[];
  readonly connections: readonly Connection[];
  readonly problem?: CourseError;
}

/** What stands for the course, in the words of its kind. */
function SubjectFields({ typed, groups, connections, error }: NewScreen & { error: string | undefined }) {
  const { kind, sku, customerGroup, scimGroup, connection } = typed;
  if (kind === 'product') return <TextField name="sku" label="SKU" value={sku} error={error} required code />;
  if (kind === 'customer-group')
    return (
      <SelectField
        name="customerGroup"
        label="Customer Group"
        value={customerGroup}
        error={error}
        required
        options={[
          ['', 'Choose one'],
          ...groups.filter(({ id }) => id !== 0).map(({ id, code }) => [String(id), code] as const),
        ]}
      />
    );
  return (
    <>
      <TextField
        name="scimGroup"
        label="Group"
        value={scimGroup}
        error={error}
        required
        help="Its name at the identity provider. Whoever is in a group within it counts too."
      />
      <SelectField
        name="connection"
        label="Connection"
        value={connection}
        options={[['', 'Any'], ...connections.map(({ code, name }) => [code, name] as const)]}
        help="Whose group of that name counts."
      />
    </>
  );
}

const KindTabs = ({ current }: { readonly current: MappingKind }) => (
  <Tabs
    label="What stands for the course"
    tabs={mappingKinds.map((kind) => ({
      label: kindWords[kind],
      href: `${newPath}?kind=${kind}`,
      current: kind === current,
    }))}
  />
);

function newScreen(given: NewScreen): Screen {
  const { typed, problem } = given;
  const field = problem && (problem.field === 'course' ? 'course' : fieldOf[typed.kind]);
  return screen({
    title: 'Add Mapping',
    back: { href: mapPath, label: 'Courses' },
    ...(problem ? { status: 422 } : {}),
    body: (
      <>
        <KindTabs current={typed.kind} />
        <Card title="Who is enrolled in what">
          <Form action={newPath} label="Mapping">
            <FormErrors errors={field ? { [field]: problem?.message } : {}} />
            <input type="hidden" name="kind" value={typed.kind} />
            <SubjectFields {...given} error={field === 'course' ? undefined : problem?.message} />
            <CourseFields {...typed} error={field === 'course' ? problem?.message : undefined} />
            <FormButtons>
              <Button look="primary">Add Mapping</Button>
              <LinkButton href={mapPath}>Cancel</LinkButton>
            </FormButtons>
          </Form>
        </Card>
      </>
    ),
  });
}

export const newPage = page(newPath, {
  acl,
  inject: services,
  view: async ({ query }, { database, groups, connections }) =>
    newScreen({
      typed: typedIn(query),
      groups: await groups.list(database),
      connections: await connections.list(database),
    }),
});

export const addMapping = action(newPath, {
  acl,
  inject: services,
  async perform(visit, { database, mappings, groups, connections, clock }) {
    const typed = typedIn(visit.form);
    const known = { groups: await groups.list(database), connections: await connections.list(database) };
    const mapping = mappingOf(typed, known.groups, known.connections);
    try {
      await database.transaction((tx) => mappings.add(tx, mapping, clock.now(), actorOf(visit)));
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      return newScreen({ typed, ...known, problem: error });
    }
    return redirect(mapPath, {
      done:
        mapping.kind === 'product'
          ? `Whoever buys ${mapping.subject} from now on is enrolled in ${mapping.course}.`
          : `Whoever is in ${mapping.subject} is enrolled in ${mapping.course}; present members follow.`,
    });
  },
});
