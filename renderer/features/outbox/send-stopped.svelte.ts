import type { AppError } from '#shared/errors.ts';
import type { CampaignId, Space } from '#shared/ids.ts';
import type { Plan, WarningKind } from '#shared/ipc/plan.ts';
import type { SeriesId } from '#shared/ipc/series.ts';
import { actAs } from '../../lib/act.ts';
import { toAppError } from '../../lib/app-error.ts';
import type { Link } from '../../lib/link.ts';

/** What is to become of those who got the text already; empty: nothing was said yet. */
export type RepeatChoice = '' | 'leave-out' | 'send';

/** The kinds of warnings that {@link RepeatChoice} is about. */
const REPEATS: readonly WarningKind[] = ['same-campaign', 'same-person'];

/** Sending the time that a series stopped at: what it would mean now, and what the user says about its warnings. */
export class SendStopped {
  readonly #link: Link;
  readonly #of: { readonly space: Space; readonly id: SeriesId };
  /** Whether the series leaves those out anyway. */
  readonly #leavesOut: boolean;
  #asked = 0;
  /** What is shown is being worked out anew. */
  #looking = $state(false);

  /** `null` while it is being worked out. */
  plan: Plan | null = $state.raw(null);
  /** Why it did not happen, or cannot be planned. */
  error: AppError | null = $state.raw(null);
  /** Something had come up since it was looked at. */
  changed = $state(false);
  busy: 'send' | null = $state(null);
  choice: RepeatChoice = $state('');
  #accepted: readonly WarningKind[] = $state.raw([]);

  constructor(link: Link, space: Space, id: SeriesId, leavesOut: boolean) {
    this.#link = link;
    this.#of = { space, id };
    this.#leavesOut = leavesOut;
    void this.#look();
  }

  /** Whether something must be said about people who got it. It does not go away by leaving them out. */
  get asksAboutRepeats(): boolean {
    return !this.#leavesOut && (this.plan?.warnings.some(({ kind }) => REPEATS.includes(kind)) ?? false);
  }

  /** Whether everything was said, and somebody would get it. */
  get isDecided(): boolean {
    const { plan } = this;
    if (!plan || this.#looking || plan.recipients === 0 || (this.asksAboutRepeats && this.choice === ''))
      return false;
    return this.#stopping(plan).every((kind) => REPEATS.includes(kind) || this.hasAccepted(kind));
  }

  /** Whether the user wants it in spite of such a warning. */
  readonly hasAccepted = (kind: WarningKind): boolean => this.#accepted.includes(kind);

  /** The user wants it in spite of such a warning, or no more. */
  accept(kind: WarningKind, wanted: boolean): void {
    this.#accepted = [...this.#accepted.filter((one) => one !== kind), ...(wanted ? [kind] : [])];
  }

  /** Says what is to become of those who got it already. With them the figures of the other warnings change, which are asked about anew. */
  choose(choice: RepeatChoice): void {
    this.choice = choice;
    this.#accepted = [];
    void this.#look();
  }

  /** Sends it as it was decided; gives the campaign, `null` when it did not happen. */
  async send(): Promise<CampaignId | null> {
    const { plan } = this;
    if (!plan || !this.isDecided) return null;
    let campaign: CampaignId | null = null;
    this.changed = false;
    const isSent = await actAs(this, 'send', async () => {
      const accepted = this.#stopping(plan);
      ({ campaignId: campaign } = await this.#link.engine.series.sendMissed({
        ...this.#request(),
        expectedRecipients: plan.recipients,
        ...(accepted.length > 0 && { accepted, seen: plan.warningsKey }),
      }));
    });
    const code = this.error?.code;
    if (!isSent && (code === 'WARNING_NOT_SEEN' || code === 'PLAN_CHANGED')) {
      this.error = null;
      this.changed = true;
      this.choice = '';
      this.#accepted = [];
      await this.#look();
    }
    return campaign;
  }

  async #look(): Promise<void> {
    const asked = ++this.#asked;
    this.#looking = true;
    try {
      const plan = await this.#link.engine.series.planMissed(this.#request());
      if (asked === this.#asked) this.plan = plan;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.plan = null;
      this.error = toAppError(thrown);
    } finally {
      if (asked === this.#asked) this.#looking = false;
    }
  }

  #request() {
    return { ...this.#of, ...(this.choice === 'leave-out' && { leaveOutRepeats: true }) };
  }

  /** Sending in the quiet hours was wished for when the series was begun. */
  #stopping({ warnings }: Plan): WarningKind[] {
    const kinds = warnings.filter(({ kind, stops }) => stops && kind !== 'quiet-hours');
    return [...new Set(kinds.map(({ kind }) => kind))];
  }
}
