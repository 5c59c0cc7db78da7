import type { Enrolment } from '../access/second-factor.ts';
import { Button } from '../kit/button.tsx';
import { CodeBlock, Copyable } from '../kit/copy.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { Notice } from '../kit/notice.tsx';
import { QrCode } from '../kit/qr-code.tsx';

/** Three steps to an authenticator app: scan, or type the secret, then prove it with a code. */
export function EnrolmentForm({
  enrolment,
  action,
  error,
  back,
}: {
  enrolment: Enrolment;
  action: string;
  error?: string | undefined;
  back?: string;
}) {
  return (
    <Form action={action} class="card" autocomplete={false}>
      <div class="card-body enrolment">
        <p>
          Open an authenticator app (Google or Microsoft Authenticator, 1Password, Aegis …) and scan this code. From
          then on a login asks for the six digits that the app shows.
        </p>
        <QrCode text={enrolment.uri} label="QR code with the secret for an authenticator app" />
        <Copyable label="Or type this secret" value={enrolment.secret} id="secret" />
        {back && <input type="hidden" name="back" value={back} />}
        <TextField
          name="code"
          label="Code that the app shows now"
          autocomplete="one-time-code"
          inputmode="numeric"
          required
          error={error}
          code
        />
        <FormButtons>
          <Button look="primary">Turn the second factor on</Button>
        </FormButtons>
      </div>
    </Form>
  );
}

/** The recovery codes, which are shown only now. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <Notice kind="note">
        These codes are shown only now. Each lets you in once when the app is lost: print them, or keep them in a
        password manager.
      </Notice>
      <CodeBlock id="recovery-codes" label="Recovery codes">
        {codes.join('\n')}
      </CodeBlock>
    </>
  );
}
