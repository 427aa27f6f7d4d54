/** Words inside the shared controls. */
export const ui = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  show: 'Show',
  hide: 'Hide',
  tryAgain: 'Try again',
  technical: 'Technical detail',
};
