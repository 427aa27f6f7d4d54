/** Words inside the shared controls. */
export const ui = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  show: 'Show',
  hide: 'Hide',
  optional: 'optional',
  tryAgain: 'Try again',
  technical: 'Technical detail',
};
