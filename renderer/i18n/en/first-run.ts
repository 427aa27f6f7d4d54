/** Words of first-run. */
export const firstRun = { title: '' };
