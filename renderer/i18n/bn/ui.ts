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
  technical: 'কারিগরি তথ্য',
});
