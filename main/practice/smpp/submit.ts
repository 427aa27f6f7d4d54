import { accept } from '../core/accept.ts';
import { isSender, refuseDestination } from '../core/addresses.ts';
import { statusView, STATUS } from '../core/catalogue.ts';
import { fateOf, lookupMagicOf, type MagicFault } from '../core/magic.ts';
import { makeId } from '../core/message-ids.ts';
import type { RequestEntry } from '../core/state.ts';
import { LONGEST_TEXT, type Receipt } from '../core/submission.ts';
import { joined, type Assembly } from './assembly.ts';
import type { PartOf } from './concatenation.ts';
import type { Desk, Ending, Office, PendingReceipt } from './office.ts';
import type { VendorTlv } from './pdus.ts';
import { LOOKUP_SERVICE, type SubmitRequest } from './read-submit.ts';
import { ESME, refusalOf } from './statuses.ts';
import { decodeText } from './text.ts';

/** What a `submit_sm` is answered with; `messageId` is empty when it was refused. */
export type SubmitAnswer = { readonly status: number; readonly messageId: string };

/** A `submit_sm` being taken: for whom, and under what magic numbers ask for. */
export type Submitting = {
  readonly office: Office;
  readonly desk: Desk;
  readonly request: SubmitRequest;
  readonly traits: MagicFault;
  readonly entry: RequestEntry;
};

/** Takes a message, a part of one, or a lookup. */
export function takeSubmit(submitting: Submitting): SubmitAnswer {
  const { request } = submitting;
  if (request.serviceType === LOOKUP_SERVICE) return lookUp(submitting);
  return request.part === null ? takeWhole(submitting) : takePart(submitting, request.part);
}

function takeWhole(submitting: Submitting): SubmitAnswer {
  const { octets, userData, registered } = submitting.request;
  const receipt = hand(submitting, octets, userData, null);
  if (receipt.messageId === null || isRefusal(receipt.statusId)) return refused(receipt.statusId);
  const { messageId } = receipt;
  promise(submitting, octets, { messageId }, [{ messageId, registered }]);
  return { status: ESME.ok, messageId };
}

function takePart(submitting: Submitting, part: PartOf): SubmitAnswer {
  const { office, desk, request, traits } = submitting;
  const refusal = refuseEarly(submitting, part);
  if (refusal !== null) return refused(refusal);
  const messageId = makeId(traits.oddAnswer === true ? 'digits19' : 'uuid');
  const between = JSON.stringify([request.from.digits, request.to.digits, request.coding.alphabet]);
  const own = { messageId, registered: request.registered, request };
  const assembly = desk.assemblies.add(between, part, own, office.state.settings.now());
  office.wake();
  return assembly === null ? { status: ESME.ok, messageId } : takeAssembled(submitting, assembly, messageId);
}

/** The last part came: the message is taken under the id of the part that came first. */
function takeAssembled(submitting: Submitting, assembly: Assembly, lastId: string): SubmitAnswer {
  const octets = joined(assembly);
  const id = assembly.parts[0]?.messageId ?? lastId;
  const { messageId, statusId } = hand(submitting, octets, octets, id);
  if (messageId !== null && !isRefusal(statusId)) {
    promise(submitting, octets, { messageId }, assembly.parts);
    return { status: ESME.ok, messageId: lastId };
  }
  // The other parts were accepted before that could be known, so they end rejected.
  const others = assembly.parts.filter((part) => part.messageId !== lastId);
  promise(submitting, octets, { statusId, errorId: 0 }, others);
  return refused(statusId);
}

/** What a part can be refused for before the others are there. */
function refuseEarly({ office, desk, request }: Submitting, part: PartOf): number | null {
  const badNumber = refuseDestination(request.to.digits);
  if (badNumber !== null) return badNumber;
  if (!isSender(request.from.digits)) return STATUS.invalidSource;
  const fate = fateOf(request.to.digits);
  if (fate.kind === 'rejected') return fate.statusId;
  const price = part.total * office.state.settings.pricePerPartMicros;
  return price > desk.account.balanceMicros ? STATUS.notEnoughCredits : null;
}

/** Makes the account take a message. */
function hand(submitting: Submitting, octets: Buffer, userData: Buffer, ownId: string | null): Receipt {
  const { office, desk, request, traits, entry } = submitting;
  const { coding, from, to, sendAt, validityMs, flash, esmClass, part } = request;
  const binary = {
    hex: userData.toString('hex'),
    dataCoding: 4,
    esmClass: part === null ? esmClass : 0,
  };
  const { receipts } = accept(
    office.state,
    desk.account,
    {
      from: from.digits,
      items: [
        {
          to: to.digits,
          text: decodeText(coding.alphabet, octets) ?? '',
          ownId,
          binary: coding.alphabet === 'octets' ? binary : null,
        },
      ],
      bulkId: null,
      sendAt,
      validityMs,
      flash,
      unicode: coding.alphabet === 'ucs2' ? true : null,
      notify: null,
      callbackData: null,
      appId: null,
      longest: LONGEST_TEXT,
      // Its receipts go over SMPP, not into the reports that HTTP hands out.
      noReport: true,
      hiddenMs: 0,
      ids: 'uuid',
    },
    traits,
    entry,
  );
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('The account gave no receipt for the message');
  return receipt;
}

/** Puts the receipts of a message in line, unless nobody wants any. */
function promise(
  { office, desk, request, traits }: Submitting,
  octets: Buffer,
  of: PendingReceipt['of'],
  parts: PendingReceipt['copies'],
  tlvs: readonly VendorTlv[] = [],
): void {
  const copies = parts.filter(({ registered }) => registered !== 0);
  if (copies.length === 0 || traits.noReport === true) return;
  const now = office.state.settings.now();
  const text = decodeText(request.coding.alphabet, octets) ?? '';
  const { serviceType, from, to, sendAt } = request;
  office.due.add(Math.max(now, sendAt ?? now), {
    desk,
    request: { serviceType, from, to },
    of,
    copies,
    submittedAt: now,
    text,
    tlvs,
  });
  office.wake();
}

/** Receipts for parts whose message never became whole: they expire. */
export function expireParts(office: Office, desk: Desk, assembly: Assembly, now: number): void {
  const [first] = assembly.parts;
  const copies = assembly.parts.filter(({ registered }) => registered !== 0);
  if (first === undefined || copies.length === 0) return;
  const { serviceType, from, to, coding } = first.request;
  office.due.add(now, {
    desk,
    request: { serviceType, from, to },
    of: { statusId: STATUS.expired, errorId: 0 },
    copies,
    submittedAt: assembly.startedAt,
    text: decodeText(coding.alphabet, first.request.octets) ?? '',
    tlvs: [],
  });
}

function lookUp(submitting: Submitting): SubmitAnswer {
  const { office, desk, request, entry } = submitting;
  const [lookup] = desk.account.lookups.make([request.to.digits]);
  if (lookup === undefined || lookup.id === null)
    return refused(lookup?.context.statusId ?? STATUS.missingTo);
  const { statusId, errorId, imsi, mccmnc, pricePerLookupMicros } = lookup.context;
  entry.accepted += 1;
  office.state.counts.chargedMicros += pricePerLookupMicros;
  const { contextTlvs } = office;
  const tlvs = [
    ...(imsi === null ? [] : [{ tag: contextTlvs.imsi, value: imsi }]),
    ...(mccmnc === null ? [] : [{ tag: contextTlvs.mccmnc, value: mccmnc }]),
  ];
  if (lookupMagicOf(request.to.digits) === 'lost') return { status: ESME.ok, messageId: lookup.id };
  const ending: Ending = { statusId, errorId };
  // The result of a lookup is its receipt, so it comes whether it was registered or not.
  promise(submitting, Buffer.alloc(0), ending, [{ messageId: lookup.id, registered: 1 }], tlvs);
  return { status: ESME.ok, messageId: lookup.id };
}

function isRefusal(statusId: number): boolean {
  return statusView(statusId).groupId === 5;
}

function refused(statusId: number): SubmitAnswer {
  return { status: refusalOf(statusId), messageId: '' };
}
