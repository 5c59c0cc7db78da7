import { Button, FileIntoText, Form, FormButtons, FormErrors, TextAreaField, TextField } from '../../admin/index.ts';

/** What the form of the identity provider's metadata holds. */
export interface MetadataFields {
  readonly url: string;
  readonly text: string;
  /** Which one, where the metadata has several. */
  readonly entityId: string;
}
export type MetadataErrors = Partial<Record<'metadataUrl' | 'metadataText' | 'metadataEntityId', string>>;

export const noMetadata: MetadataFields = { url: '', text: '', entityId: '' };

export const sentMetadata = (form: URLSearchParams): MetadataFields => ({
  url: form.get('metadataUrl')?.trim() ?? '',
  text: form.get('metadataText')?.trim() ?? '',
  entityId: form.get('metadataEntityId')?.trim() ?? '',
});

/** Metadata of the identity provider: where it is, or itself. */
export function MetadataForm(given: { code: string; fields: MetadataFields; errors: MetadataErrors }) {
  const { code, fields, errors } = given;
  return (
    <Form action={`/admin/connections/${code}/saml/metadata`} id="metadata-form" label="Metadata">
      <FormErrors errors={errors} />
      <TextField
        name="metadataUrl"
        label="Metadata URL"
        value={fields.url}
        code
        error={errors.metadataUrl}
        help="Read again every day; what is new then is offered to you and not trusted by itself."
      />
      <TextAreaField
        name="metadataText"
        label="Or the metadata itself"
        value={fields.text}
        rows={5}
        code
        error={errors.metadataText}
        help={
          <>
            The XML that the console shows or lets you download.
            <FileIntoText field="metadataText" label="Take it from a file" accept=".xml,text/xml,application/xml" />
          </>
        }
      />
      {(fields.entityId !== '' || Object.keys(errors).length > 0) && (
        <TextField
          name="metadataEntityId"
          label="Entity ID"
          value={fields.entityId}
          code
          error={errors.metadataEntityId}
          help="Only where the metadata has several identity providers: which one is meant."
        />
      )}
      <FormButtons>
        <Button look="primary">Take Over Metadata</Button>
      </FormButtons>
    </Form>
  );
}
