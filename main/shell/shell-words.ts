import type { Settings } from '#shared/ipc/shell.ts';

/** The words that the main process shows itself: the menu and the boxes after a crash of the window or a failed start. */
export type ShellWords = Readonly<Record<keyof typeof ENGLISH, string>>;

const ENGLISH = {
  about: 'About MiM SMS Desktop',
  services: 'Services',
  hide: 'Hide MiM SMS Desktop',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  quit: 'Quit',
  file: '&File',
  close: 'Close Window',
  edit: '&Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  delete: 'Delete',
  selectAll: 'Select All',
  view: '&View',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  window: '&Window',
  minimize: 'Minimize',
  zoom: 'Zoom',
  help: '&Help',
  website: 'MiM SMS Website',
  support: 'Support',
  crashTitle: 'The window stopped working',
  crashText: 'Messages that are on their way are not affected.',
  showAgain: 'Show the window again',
  startFailed: 'MiM SMS Desktop could not start',
  chooseImport: 'Import a file',
  chooseRecipients: 'Add recipients from a file',
  chooseSave: 'Save as',
  listFiles: 'Lists (CSV, Excel, ODS, vCard)',
  allFiles: 'All files',
};

const BANGLA: ShellWords = {
  about: 'MiM SMS Desktop সম্পর্কে',
  services: 'সার্ভিস',
  hide: 'MiM SMS Desktop লুকান',
  hideOthers: 'অন্যগুলো লুকান',
  showAll: 'সব দেখান',
  quit: 'বন্ধ করুন',
  file: 'ফাইল',
  close: 'উইন্ডো বন্ধ করুন',
  edit: 'সম্পাদনা',
  undo: 'পূর্বাবস্থায় ফিরুন',
  redo: 'আবার করুন',
  cut: 'কাট',
  copy: 'কপি',
  paste: 'পেস্ট',
  delete: 'মুছুন',
  selectAll: 'সব বাছুন',
  view: 'প্রদর্শন',
  actualSize: 'আসল মাপ',
  zoomIn: 'বড় করুন',
  zoomOut: 'ছোট করুন',
  fullScreen: 'পুরো পর্দা',
  window: 'উইন্ডো',
  minimize: 'নামিয়ে রাখুন',
  zoom: 'জুম',
  help: 'সাহায্য',
  website: 'MiM SMS ওয়েবসাইট',
  support: 'সহায়তা',
  crashTitle: 'উইন্ডোটি কাজ করা বন্ধ করেছে',
  crashText: 'যে মেসেজগুলো পাঠানো হচ্ছে, সেগুলোর কোনো ক্ষতি হয়নি।',
  showAgain: 'উইন্ডোটি আবার দেখান',
  startFailed: 'MiM SMS Desktop চালু করা যায়নি',
  chooseImport: 'ফাইল আমদানি',
  chooseRecipients: 'ফাইল থেকে প্রাপক যোগ',
  chooseSave: 'যে নামে রাখবেন',
  listFiles: 'তালিকা (CSV, Excel, ODS, vCard)',
  allFiles: 'সব ফাইল',
};

/** A language that the main process speaks. */
export type ShellLanguage = 'en' | 'bn';

/** The chosen language; before a choice, the system's. */
export const shellLanguage = (chosen: Settings['language'], systemLocale: string): ShellLanguage =>
  chosen ?? (systemLocale.startsWith('bn') ? 'bn' : 'en');

/** The words of a language. */
export const shellWords = (language: ShellLanguage): ShellWords => (language === 'bn' ? BANGLA : ENGLISH);
