import { createHash } from 'node:crypto';
import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId, RequestToken } from '#shared/ids.ts';
import { WarningKind, type SendRequest } from '#shared/ipc/plan.ts';
import type { RepeatStop } from '#shared/ipc/host.ts';
import type { SeriesId, SeriesTrouble } from '#shared/ipc/series.ts';
import type { Campaigns } from '../campaigns/service.ts';

/** An occurrence may reach so many times the people that were confirmed, and so many more, before the user is asked. */
const MORE_TIMES = 1.2;
const MORE_PEOPLE = 20;
/** Times that an occurrence is planned anew because people or warnings changed while it was written. */
const PLANNINGS = 3;

/** What the user was shown of an occurrence and agreed to: how many people, which kinds of warnings, and the key of that plan. */
export type Agreed = {
  readonly recipients: number;
  readonly accepted: readonly WarningKind[];
  readonly seen: string | null;
};

/** One time of a series. */
type Occurrence = {
  readonly series: SeriesId;
  /** Of this occurrence alone, see {@link occurrenceToken}. */
  readonly token: RequestToken;
  readonly at: number;
  readonly name: string;
  readonly request: SendRequest;
  /** People that the user has confirmed for the series. */
  readonly expected: number;
  /** `null` where nobody looks at it. */
  readonly agreed: Agreed | null;
};

/** What became of an occurrence: a campaign, a reason to ask the user, or something else than what the user looking at it agreed to. */
export type Outcome =
  | { readonly kind: 'sent'; readonly id: CampaignId; readonly recipients: number | null }
  | { readonly kind: 'trouble'; readonly trouble: SeriesTrouble }
  | { readonly kind: 'not-agreed'; readonly error: AppError };

/**
 * The token under which an occurrence is sent, always the same for the same one: after a kill between sending and noting it down, sending
 * again gives the campaign that is there already. In the form of a UUID of one's own making (RFC 9562 §5.8).
 */
export function occurrenceToken(seriesToken: string, at: number): RequestToken {
  const bytes = createHash('sha256')
    .update(`${seriesToken} ${String(at)}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** A reason to ask the user; `code` for a refusal. */
export const troubleOf = (
  kind: SeriesTrouble['kind'],
  at: number | null,
  more: Partial<SeriesTrouble> = {},
): SeriesTrouble => ({ kind, code: null, at, recipients: null, ...more });

/**
 * Plans an occurrence as people and rules are now, and queues it. Where nobody looks at it, it asks the user whenever a user would have
 * been asked: for many more people than were confirmed, for refusals, and for warnings that stop. Where the user does, it is sent only as
 * it was agreed to.
 */
export async function sendOccurrence(
  campaigns: Pick<Campaigns, 'plan' | 'send'>,
  occurrence: Occurrence,
): Promise<Outcome> {
  const { request, at, expected, agreed } = occurrence;
  const refused = ({ code }: AppError): Outcome => ({
    kind: 'trouble',
    trouble: troubleOf('refused', at, { code }),
  });
  for (let planning = 1; ; planning++) {
    const plan = await campaigns.plan(request, occurrence.series);
    if (!plan.ok) return refused(plan.error);
    const { recipients, parts, warnings, warningsKey } = plan.value;
    if (agreed && agreed.recipients !== recipients) {
      const error = appError('PLAN_CHANGED', { limit: agreed.recipients, actual: recipients });
      return { kind: 'not-agreed', error };
    }
    if (!agreed && recipients > expected * MORE_TIMES && recipients > expected + MORE_PEOPLE)
      return { kind: 'trouble', trouble: troubleOf('more-people', at, { recipients }) };
    const accepted = agreed?.seen === warningsKey ? agreed.accepted : [];
    // Sending in the quiet hours was wished for when the series was begun.
    const stop = warnings.find(
      ({ kind, stops }) => stops && kind !== 'quiet-hours' && !accepted.includes(kind),
    );
    if (stop && agreed)
      return { kind: 'not-agreed', error: appError('WARNING_NOT_SEEN', { detail: stop.kind }) };
    if (stop) return { kind: 'trouble', trouble: troubleOf('refused', at, { code: stop.kind }) };
    const sent = await campaigns.send({
      request,
      name: occurrence.name,
      accepted: [...new Set(warnings.filter(({ stops }) => stops).map(({ kind }) => kind))],
      seen: warningsKey,
      expectedRecipients: recipients,
      expectedParts: parts,
      typedCount: recipients,
      token: occurrence.token,
      seriesId: occurrence.series,
    });
    if (sent.ok) return { kind: 'sent', id: sent.value.id, recipients };
    const hasChanged = sent.error.code === 'PLAN_CHANGED' || sent.error.code === 'WARNING_NOT_SEEN';
    if (!hasChanged || planning === PLANNINGS) return refused(sent.error);
  }
}

/** Why a series stopped, as it is told outside of the page. */
export function stopReason({ kind, code }: SeriesTrouble): RepeatStop['reason'] {
  if (kind === 'overdue' || kind === 'more-people') return kind;
  if (code === 'balance') return 'balance';
  if (code === 'NOT_FOUND') return 'account';
  return WarningKind.options.some((one) => one === code) ? 'guard' : 'other';
}
