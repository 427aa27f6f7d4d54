import { errorGroupById, gsmErrorById } from '#shared/sms/error-catalogue.ts';
import { statusById, statusGroupById } from '#shared/sms/status-catalogue.ts';
import type { GatewayError, GatewayStatus } from '../gateway.ts';

/** A status with the catalogue's words for its id and group, under the name that a gateway without status objects used. */
export function catalogueStatus(
  id: number | null,
  groupId: number | null,
  name: string | null,
): GatewayStatus {
  const known = id === null ? null : statusById(id);
  return {
    id,
    groupId,
    groupName: groupId === null ? null : (statusGroupById(groupId)?.name ?? null),
    name,
    description: known?.description ?? null,
    action: known?.action ?? null,
  };
}

/** The error object of a number (API document, "GSM Error Codes"); an unknown one keeps its number alone. */
export function catalogueError(id: number): GatewayError {
  const known = gsmErrorById(id);
  if (known === null) {
    return { id, groupId: null, groupName: null, name: null, description: null, permanent: null };
  }
  const { groupId, name, description, permanent } = known;
  return { id, groupId, groupName: errorGroupById(groupId)?.name ?? null, name, description, permanent };
}
