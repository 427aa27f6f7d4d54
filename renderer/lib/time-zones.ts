/** The zone of the people who are written to. */
export const DHAKA = 'Asia/Dhaka';

/** The name of the computer's time zone, as in `Asia/Dhaka`. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether clocks on this computer show something else than in Dhaka at an instant (ms). */
export function differsFromDhaka(at: number): boolean {
  const clock = (timeZone?: string): string =>
    new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'short',
      timeStyle: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(at);
  return clock() !== clock(DHAKA);
}
