export { eraseConnection } from './departure/erase-connection.ts';
export { GroupProvisioner } from './group/provisioner.ts';
export type { ProvisioningContext } from './room.ts';
export { UserProvisioner } from './user/provisioner.ts';
