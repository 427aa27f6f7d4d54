/** Words of the first start. */
export const firstRun = {
  language: 'Choose a language',
  doors: 'How would you like to begin?',
  doorsNote: 'You can go through the other door later.',
  practiceTitle: 'Practise first',
  practice: 'Try it safely',
  practiceNote: 'Send to 12 invented people and watch what happens. Nothing is sent and nothing is charged.',
  connectTitle: 'Use your account',
  connect: 'Connect MiM SMS',
  connectNote: 'You need the user name and password from MiM SMS. We only ask for your balance to test them.',
  changeLanguage: 'Change language',
};
