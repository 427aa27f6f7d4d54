/** Words inside the shared controls. */
export const ui = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  show: 'Show',
  hide: 'Hide',
  tryAgain: 'Try again',
  date: {
    open: 'Open calendar',
    dayPlaceholder: 'dd/mm/yyyy',
    timePlaceholder: 'dd/mm/yyyy hh:mm',
    unreadable: (example: string) => `This is no date. Write it like ${example}.`,
  },
  copying: { copy: 'Copy', copied: 'Copied' },
  technical: 'Technical detail',
};
