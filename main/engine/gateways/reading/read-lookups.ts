import type { Network } from '#shared/phone/network-facts.ts';
import type { LookupAnswer } from '../gateway.ts';
import { errorOf, type Fields, idOf, objectOf, statusOf, truthOf, wordsOf } from './read-fields.ts';

/** Status groups that say whether the phone could be reached (API document, "Statuses groups"). */
const UNDELIVERABLE = 2;
const DELIVERED = 3;

/**
 * Reads what the network said about one number: an entry of `POST /number/1/query`, `/number/1/notify`, `/number/1/logs` or of a
 * push, from JSON or XML (facts of the platform, "Number Context"). `null` when it names no number.
 */
export function readRestLookup(entry: Fields): LookupAnswer | null {
  const msisdn = idOf(entry['to']);
  if (msisdn === null) return null;
  const status = statusOf(entry['status']);
  const error = errorOf(entry['error']);
  return {
    msisdn,
    lookupId: idOf(entry['messageId']),
    mccmnc: idOf(entry['mccMnc']) ?? idOf(entry['mccmnc']),
    imsi: idOf(entry['imsi']),
    original: networkOf(entry['originalNetwork']),
    ported: truthOf(entry['ported']),
    portedTo: networkOf(entry['portedNetwork']),
    roaming: truthOf(entry['roaming']),
    roamingIn: networkOf(entry['roamingNetwork']),
    servingMsc: idOf(entry['servingMSC']) ?? idOf(entry['servingMsc']),
    reachable: status.groupId === DELIVERED ? true : status.groupId === UNDELIVERABLE ? false : null,
    statusId: status.id,
    statusName: status.name,
    errorId: error?.id ?? null,
    errorName: error?.name ?? null,
    permanent: error?.permanent ?? null,
  };
}

function networkOf(value: unknown): Network | null {
  const fields = objectOf(value);
  if (fields === null) return null;
  return {
    name: wordsOf(fields['networkName']),
    prefix: idOf(fields['networkPrefix']),
    country: wordsOf(fields['countryName']),
    countryPrefix: idOf(fields['countryPrefix']),
  };
}
