import { Button, Card, FormButtons, QueryForm, SelectField } from '../../admin/index.ts';
import type { Website } from '../../store/index.ts';

export const exportPath = '/admin/customer-export/export';

/** Asks what is to be exported. */
export function ExportCard({ websites }: { readonly websites: readonly Website[] }) {
  return (
    <Card title="Export Customers">
      <QueryForm action={exportPath}>
        <SelectField
          name="format"
          label="Format"
          options={{ csv: 'CSV', magento: "CSV for Magento's own import", jsonl: 'JSON lines' }}
        />
        <SelectField
          name="website"
          label="Website"
          options={[['', 'All'], ...websites.map(({ code, name }) => [code, name] as const)]}
        />
        <FormButtons>
          <Button>Export</Button>
        </FormButtons>
      </QueryForm>
    </Card>
  );
}
