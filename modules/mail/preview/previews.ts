import { type ServiceToken, service } from '../../framework/index.ts';

/** A kind of mail that can be sent. */
export interface PreviewedTemplate {
  readonly template: string;
  readonly label: string;
}

/** A mail as it would look, about made-up facts. */
export interface MailPreview extends PreviewedTemplate {
  /** `Name <address>`; null where the configured address is none. */
  readonly from: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Shows mails without sending any. */
export interface MailPreviews {
  /** By name. */
  list(): readonly PreviewedTemplate[];
  /**
   * As a store view would send it, by its code; else as the default website does. Reads no customer, issues no link.
   *
   * @throws MailError MAIL_TEMPLATE, MAIL_STORE
   */
  of(template: string, store?: string): Promise<MailPreview>;
}
export const MailPreviews: ServiceToken<MailPreviews> = service<MailPreviews>('mail.MailPreviews');
