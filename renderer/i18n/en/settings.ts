/** Words of settings. */
export const settings = { title: '' };
