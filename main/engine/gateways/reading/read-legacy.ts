import { type AppError, appError } from '#shared/errors.ts';
import { microsFromDecimal, type Money } from '#shared/money.ts';
import type { Network, NetworkFacts } from '#shared/phone/network-facts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { GatewayReport, InboundMessage, LookupAnswer, Reading } from '../gateway.ts';
import { statusOfStat, statusOfWord } from '../legacy/status-words.ts';
import { legacyInstant } from '../legacy/times.ts';
import { catalogueError } from './catalogue-entries.ts';
import { readDocument } from './read-document.ts';
import { type Fields, idOf, integerOf, listOf, objectOf, partsOf, textOf, truthOf } from './read-fields.ts';

/** Legacy prices name no currency; MiM SMS charges in taka. */
const CURRENCY = 'BDT';

/** Whether a body is a `DeliveryReport` document. */
export const isDeliveryReport = (body: string): boolean =>
  /^\s*(<\?[^>]{0,200}>\s*)?(<!--[^>]{0,200}-->\s*)?<DeliveryReports?[\s/>]/i.test(body.slice(0, 1_000));

/** Whether a body is a legacy inbox. */
export const isLegacyInbox = (body: string): boolean => /"inboxMessages"\s*:/i.test(body.slice(0, 4_000));

/** Whether a body is the facts about one number, as the lookup gives them. */
export const isLegacyLookup = (body: string): boolean => {
  const start = body.slice(0, 4_000);
  return /^\s*\[?\s*\{/.test(start) && /"destination"\s*:/.test(start) && /"stat"\s*:/.test(start);
};

/**
 * Reads a `DeliveryReport` document, pulled or pushed, with no, one or many messages (API document, "Example of delivery report
 * sent using GET method"). `GATEWAY_UNREADABLE` when it is no XML.
 */
export const readDeliveryReport: Reading['reports'] = (body) => {
  const document = readDocument(body);
  if (!document.ok) return unreadable(document.error);
  const page = objectOf(document.value.value);
  const entries = page === null ? [] : (listOf(page['message']) ?? []);
  const reports = entries.flatMap((entry) => {
    const fields = objectOf(entry);
    const report = fields === null ? null : reportOf(fields);
    return report === null ? [] : [report];
  });
  return ok({ reports, skipped: entries.length - reports.length });
};

/** Reads one report that was kept as `{"legacy":{…}}`; `null` without an id. */
export function readLegacyReport(entry: Fields): GatewayReport | null {
  const fields = objectOf(entry['legacy']);
  return fields === null ? null : reportOf(fields);
}

/** Reads the attributes of a `message`; all but the id may be missing (facts of the platform, "Pull"). */
function reportOf(fields: Fields): GatewayReport | null {
  const attribute = (name: string): unknown => fields[`@${name}`] ?? fields[name];
  const gatewayMessageId = idOf(attribute('id'));
  if (gatewayMessageId === null) return null;
  const gsmError = integerOf(attribute('gsmerror'));
  return {
    gatewayMessageId,
    bulkId: null,
    to: idOf(attribute('destination')) ?? idOf(attribute('gsm')),
    from: null,
    text: null,
    sentAt: legacyInstant(attribute('sentdate')),
    doneAt: legacyInstant(attribute('donedate')),
    parts: partsOf(attribute('pducount')),
    pricePerPart: priceOf(attribute('price')),
    mccmnc: null,
    status: statusOfWord(idOf(attribute('status'))),
    error: gsmError === null ? null : catalogueError(gsmError),
    raw: { legacy: fields },
  };
}

function priceOf(value: unknown): Money | null {
  const text = idOf(value);
  const micros = text !== null && /^\d{1,12}(\.\d{1,12})?$/.test(text) ? microsFromDecimal(text) : null;
  return micros === null ? null : { micros, currency: CURRENCY };
}

/** Reads a legacy inbox, `inboxMessages` of either version (facts of the platform, "Inbound (MO)"). */
export const readLegacyInbox: Reading['inbox'] = (body) => {
  const document = readDocument(body);
  if (!document.ok) return unreadable(document.error);
  const entries = listOf(objectOf(document.value.value)?.['inboxMessages']);
  if (entries === null) return unreadable('no list of messages');
  const messages = entries.flatMap((entry) => {
    const message = inboundOf(objectOf(entry) ?? {});
    return message === null ? [] : [message];
  });
  return ok({ messages, skipped: entries.length - messages.length });
};

function inboundOf(fields: Fields): InboundMessage | null {
  const from = idOf(fields['from']) ?? idOf(fields['sender']);
  const text = textOf(fields['messageText'] ?? fields['text']);
  if (from === null || text === null) return null;
  return {
    gatewayMessageId: idOf(fields['externalMessageId']) ?? idOf(fields['messageId']),
    from,
    to: idOf(fields['to']) ?? idOf(fields['receiver']),
    text,
    keyword: idOf(fields['keyword']),
    receivedAt: legacyInstant(fields['receivedDateTime'] ?? fields['datetime']),
  };
}

/** Reads facts about numbers that were answered or pushed: one object, or a list of them. */
export const readLegacyLookups: Reading['lookups'] = (body) => {
  const document = readDocument(body);
  if (!document.ok) return unreadable(document.error);
  const entries = listOf(document.value.value) ?? [];
  const answers = entries.flatMap((entry) => {
    const answer = legacyLookup(entry);
    return answer === null ? [] : [answer];
  });
  return ok({ answers, skipped: entries.length - answers.length });
};

/**
 * Reads the facts about one number (facts of the platform, "Number Context / HLR"): `o`, `p` and `r` begin the original network,
 * the one it was ported to and the one it roams in; what is empty is not known. `null` when it names no number.
 */
export function legacyLookup(entry: unknown): LookupAnswer | null {
  const fields = objectOf(entry);
  const msisdn = idOf(fields?.['destination']);
  if (fields === null || msisdn === null) return null;
  const status = statusOfStat(idOf(fields['stat']));
  const errorId = integerOf(fields['err']);
  const error = errorId === null ? null : catalogueError(errorId);
  return {
    msisdn: msisdn.replace(/^\+/, ''),
    lookupId: idOf(fields['id']),
    mccmnc: idOf(fields['mccmnc']),
    imsi: idOf(fields['IMSI']) ?? idOf(fields['imsi']),
    original: networkOf(fields, 'orn', 'onp', 'ocn', 'ocp'),
    ported: truthOf(fields['is_ported']),
    portedTo: networkOf(fields, 'pon', 'pnp', 'pcn', 'pcp'),
    roaming: truthOf(fields['is_roaming']),
    roamingIn: networkOf(fields, 'ron', 'rnp', 'rcn', 'rcp'),
    servingMsc: idOf(fields['MSC']) ?? idOf(fields['msc']),
    reachable: status.groupId === 3 ? true : status.groupId === 2 || status.groupId === 4 ? false : null,
    statusId: status.id,
    statusName: status.name,
    errorId,
    errorName: error?.name ?? idOf(fields['error.description']),
    permanent: error?.permanent ?? null,
  };
}

/** An answer without facts: nothing is known yet, or the lookup failed with `errorName`. */
export function unknownFacts(
  msisdn: string,
  lookupId: string | null,
  errorName: string | null,
): LookupAnswer {
  const nothing: NetworkFacts = {
    mccmnc: null,
    imsi: null,
    original: null,
    ported: null,
    portedTo: null,
    roaming: null,
    roamingIn: null,
    servingMsc: null,
    reachable: null,
    statusId: null,
    statusName: null,
    errorId: null,
    errorName,
    permanent: null,
  };
  return { ...nothing, msisdn, lookupId };
}

function networkOf(fields: Fields, ...names: readonly [string, string, string, string]): Network | null {
  const [name, prefix, country, countryPrefix] = names.map((key) => idOf(fields[key]));
  if (!name && !prefix && !country && !countryPrefix) return null;
  return {
    name: name ?? null,
    prefix: prefix ?? null,
    country: country ?? null,
    countryPrefix: countryPrefix ?? null,
  };
}

function unreadable(detail: string): Result<never, AppError> {
  return err(appError('GATEWAY_UNREADABLE', { detail }));
}
