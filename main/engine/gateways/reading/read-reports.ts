import type { GatewayReport } from '../gateway.ts';
import {
  errorOf,
  type Fields,
  idOf,
  instantOf,
  moneyOf,
  objectOf,
  partsOf,
  statusOf,
  textOf,
} from './read-fields.ts';

/**
 * Reads one entry of `GET /sms/1/reports`, `GET /sms/1/logs` or a pushed report of the REST API, from JSON or XML (API document,
 * "Getting delivery reports", "Getting SMS logs"). Whatever is missing or of an unknown form becomes `null`; the entry itself
 * stays in `raw`. `null` without a message id.
 */
export function readRestReport(entry: Fields): GatewayReport | null {
  const gatewayMessageId = idOf(entry['messageId']);
  if (gatewayMessageId === null) return null;
  const price = objectOf(entry['price']);
  return {
    gatewayMessageId,
    bulkId: idOf(entry['bulkId']),
    to: idOf(entry['to']),
    from: idOf(entry['from']),
    text: textOf(entry['text']),
    sentAt: instantOf(entry['sentAt']),
    doneAt: instantOf(entry['doneAt']),
    parts: partsOf(entry['smsCount']),
    pricePerPart: price === null ? null : moneyOf(price['pricePerMessage'], price['currency']),
    // Spelt `mccmnc` in the document and `mccMnc` by later versions of the platform.
    mccmnc: idOf(entry['mccmnc']) ?? idOf(entry['mccMnc']),
    status: statusOf(entry['status']),
    error: errorOf(entry['error']),
    raw: entry,
  };
}
