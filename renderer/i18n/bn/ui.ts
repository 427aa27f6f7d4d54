import type { ui as en } from '../en/ui.ts';
import { translates } from '../translation.ts';

/** Words inside the shared controls. */
export const ui = translates<typeof en>()({
  close: 'বন্ধ করুন',
  cancel: 'বাতিল',
  dismiss: 'সরিয়ে দিন',
  show: 'দেখান',
  hide: 'লুকান',
  tryAgain: 'আবার চেষ্টা করুন',
  date: {
    open: 'ক্যালেন্ডার খুলুন',
    dayPlaceholder: 'দিন/মাস/বছর',
    timePlaceholder: 'দিন/মাস/বছর সময়',
    unreadable: (example) => `তারিখটি বোঝা যায়নি। এভাবে লিখুন: ${example}।`,
  },
  copying: { copy: 'কপি করুন', copied: 'কপি হয়েছে' },
  technical: 'কারিগরি তথ্য',
});
