import type { Plan, SendRequest, WarningKind } from '#shared/ipc/plan.ts';
import { peopleAsked } from '../../lib/plan-counts.ts';
import { isSameMessage } from './same-request.ts';

/** A warning as it was accepted: about which message, with which numbers. */
type Accepted = { readonly request: SendRequest; readonly facts: string };

/**
 * Which warnings the user accepted. Each acceptance is about one message with exactly the numbers that were shown: when either changes it
 * is asked for again.
 */
export class Decisions {
  #accepted: ReadonlyMap<WarningKind, Accepted> = $state.raw(new Map());

  /** The user saw these kinds of warnings in the plan of a request, and wants to send all the same. */
  accept(kinds: readonly WarningKind[], request: SendRequest, plan: Plan): void {
    const added = kinds.map((kind) => [kind, { request, facts: factsOf(kind, plan) }] as const);
    this.#accepted = new Map([...this.#accepted, ...added]);
  }

  /** The user takes it back. */
  withdraw(kinds: readonly WarningKind[]): void {
    this.#accepted = new Map([...this.#accepted].filter(([kind]) => !kinds.includes(kind)));
  }

  /** Whether a kind was accepted for this request with the numbers of this plan. */
  has(kind: WarningKind, request: SendRequest, plan: Plan): boolean {
    const accepted = this.#accepted.get(kind);
    return (
      accepted !== undefined &&
      accepted.facts === factsOf(kind, plan) &&
      isSameMessage(accepted.request, request) &&
      /* The other warnings say by their numbers when another time makes a difference. */
      (kind !== 'quiet-hours' || accepted.request.sendAt === request.sendAt)
    );
  }

  /** The kinds that would stop a sending and were accepted. */
  accepted(request: SendRequest, plan: Plan): WarningKind[] {
    return stopping(plan).filter((kind) => this.has(kind, request, plan));
  }

  /** The kinds that stop it: nothing was said about them, or about other numbers. */
  undecided(request: SendRequest, plan: Plan): WarningKind[] {
    return stopping(plan).filter((kind) => !this.has(kind, request, plan));
  }
}

const stopping = ({ warnings }: Plan): WarningKind[] => [
  ...new Set(warnings.filter(({ stops }) => stops).map(({ kind }) => kind)),
];

/** These go on by themselves while an earlier sending leaves: with them nothing could be accepted until it is over. */
const MOVING: readonly string[] = ['at', 'latestAt', 'waiting'];

const withoutMoving = (key: string, value: unknown): unknown => (MOVING.includes(key) ? undefined : value);

/** The numbers of what was accepted. Who got the same is the same whether or not they are left out at the moment. */
function factsOf(kind: WarningKind, plan: Plan): string {
  const found = plan.warnings.filter((one) => one.kind === kind);
  const facts =
    kind === 'same-campaign' || kind === 'same-person'
      ? [peopleAsked(plan), found.map((one) => ({ ...one, stops: true }))]
      : [plan.recipients, plan.parts, found];
  return JSON.stringify(facts, withoutMoving);
}
