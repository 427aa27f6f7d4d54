import type { RejectReason } from '#shared/phone/msisdn.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';

/** What cannot be sent to, as it was written, and why. */
export type Rejected = { readonly input: string; readonly reason: RejectReason };

/** Rejected ones kept for showing. */
export const REJECTED_SHOWN = 200;

/** Sums up slices; a number seen in an earlier slice is a duplicate in a later one. */
export class Tally {
  readonly seen = new Set<string>();
  readonly rejected: Rejected[] = [];
  duplicates = 0;
  rejectedCount = 0;

  add(slice: string): void {
    const parsed = parseRecipients(slice);
    for (const { msisdn } of parsed.accepted) {
      if (this.seen.has(msisdn)) this.duplicates++;
      else this.seen.add(msisdn);
    }
    this.duplicates += parsed.duplicates.length;
    this.rejectedCount += parsed.rejected.length;
    this.rejected.push(...parsed.rejected.slice(0, REJECTED_SHOWN - this.rejected.length));
  }
}
