/** Thrown for a query, form, XML or JSON that cannot be read; its text never repeats the request. */
export class UnreadableRequest extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnreadableRequest';
  }
}
