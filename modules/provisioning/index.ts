export type { ProvisioningContext } from './room.ts';
export { UserProvisioner } from './user/provisioner.ts';
