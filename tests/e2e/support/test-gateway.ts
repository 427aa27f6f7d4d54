import { onTestFinished } from 'vitest';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';

/** The login that {@link testGateway} knows. */
export const LOGIN = { user: 'school-office', password: 'right-Horse-7' } as const;

/** What the account has at the start, in BDT. */
export const START_BALANCE = 1_000;

/** A gateway inside the test, as MiM SMS would be on the internet. */
export type TestGateway = PracticeGateway & {
  /** What is left, in millionths, worked out from what was accepted. */
  balanceMicros(): number;
};

/**
 * Starts a gateway on loopback that knows {@link LOGIN}; it is closed when the test ends. Messages travel fifty times
 * faster than on the practice gateway of the app, so that reports are there at the first pull.
 */
export async function testGateway(
  options: PracticeOptions & { readonly password?: string } = {},
): Promise<TestGateway> {
  const { password = LOGIN.password, ...rest } = options;
  const start = START_BALANCE * 1_000_000;
  const gateway = await startPractice({
    delays: 50,
    users: [{ user: LOGIN.user, password, balanceMicros: start }],
    ...rest,
  });
  onTestFinished(() => gateway.close());
  return {
    ...gateway,
    balanceMicros: () => start - gateway.journal().reduce((sum, entry) => sum + entry.priceMicros, 0),
  };
}
