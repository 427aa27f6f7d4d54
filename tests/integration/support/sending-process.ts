import { numbers, startSending } from './sending.ts';

/**
 * An engine's sending as a process of its own, to be killed: `node sending-process.js URL DIR COUNT`. With a COUNT it
 * queues that many messages first. Prints `queued` once they are on the disk, then a line of JSON for each change of the
 * campaign, and ends by itself when the campaign is finished or waits for the user.
 */
const [url = '', dir = '', count = '0', perRequest = '1'] = process.argv.slice(2);
const sending = startSending({ url, dir, perRequest: Number(perRequest) });
if (Number(count) > 0) {
  await sending.send(numbers(Number(count)));
  process.stdout.write('queued\n');
}
const [campaign] = sending.workspace.campaigns.page(null, 1);
if (campaign) {
  await sending.until(
    campaign.id,
    ({ phase }) => phase === 'awaiting-reports' || phase === 'finished' || phase === 'review',
    60_000,
  );
  process.stdout.write(`${JSON.stringify(sending.workspace.campaigns.get(campaign.id))}\n`);
}
await sending.stop();
