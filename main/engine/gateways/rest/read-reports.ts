import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { GatewayReport } from '../gateway.ts';
import {
  errorOf,
  type Fields,
  idOf,
  instantOf,
  partsOf,
  listOf,
  moneyOf,
  objectOf,
  statusOf,
  textOf,
} from './read-fields.ts';
import { readJson } from './read-json.ts';

/** The entries of a page in the order of the gateway, and how many had no usable message id. */
export type ReportsPage = { readonly reports: readonly GatewayReport[]; readonly skipped: number };

/**
 * Reads a page of `GET /sms/1/reports` or `GET /sms/1/logs` (API document, "Getting delivery reports", "Getting SMS logs").
 * Whatever is missing or of an unknown form becomes `null`; the object itself stays in `raw`. Repeated ids stay repeated:
 * they are successive reports about one message. `GATEWAY_UNREADABLE` when the body is no page at all.
 */
export function readReports(body: string): Result<ReportsPage, AppError> {
  const json = readJson(body);
  if (!json.ok) return unreadable(json.error);
  const page = objectOf(json.value);
  const entries = page === null ? null : listOf(page['results']);
  if (entries === null) return unreadable('no list of results');
  const reports: GatewayReport[] = [];
  for (const entry of entries) {
    const report = readReport(entry);
    if (report !== null) reports.push(report);
  }
  return ok({ reports, skipped: entries.length - reports.length });
}

function unreadable(detail: string): Result<never, AppError> {
  return err(appError('GATEWAY_UNREADABLE', { detail }));
}

function readReport(entry: unknown): GatewayReport | null {
  const fields: Fields | null = objectOf(entry);
  const gatewayMessageId = fields === null ? null : idOf(fields['messageId']);
  if (fields === null || gatewayMessageId === null) return null;
  const price = objectOf(fields['price']);
  return {
    gatewayMessageId,
    bulkId: idOf(fields['bulkId']),
    to: idOf(fields['to']),
    from: idOf(fields['from']),
    text: textOf(fields['text']),
    sentAt: instantOf(fields['sentAt']),
    doneAt: instantOf(fields['doneAt']),
    parts: partsOf(fields['smsCount']),
    pricePerPart: price === null ? null : moneyOf(price['pricePerMessage'], price['currency']),
    // Spelt `mccmnc` in the document and `mccMnc` by later versions of the platform.
    mccmnc: idOf(fields['mccmnc']) ?? idOf(fields['mccMnc']),
    status: statusOf(fields['status']),
    error: errorOf(fields['error']),
    raw: entry,
  };
}
