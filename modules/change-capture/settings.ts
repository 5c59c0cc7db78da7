import { configSection } from '../framework/index.ts';

/** Whether triggers are looked after; capture:remove and capture:install set it. */
export const triggersPath = 'change_capture/general/triggers';

/** How changes of customers are seen. */
export const captureSettings = configSection('change_capture/general', {
  tab: 'customers',
  label: 'Change capture',
  acl: 'change-capture::config',
  fields: {
    background: {
      type: 'yesno',
      label: 'Hand changes on in the background of this server',
      default: true,
      scope: 'default',
    },
    triggers: {
      type: 'yesno',
      label: 'Keep the triggers that see what others write',
      comment:
        'Off: what the storefront, imports and SQL by hand write is not seen. capture:remove removes the triggers.',
      default: true,
      scope: 'default',
    },
  },
});
