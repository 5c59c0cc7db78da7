export { UserProvisioner } from './provisioner.ts';
export type { ProvisioningContext } from './room.ts';
