/** What a thread says when it is read back: whose words, and which app's. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const { signal } = new AbortController();
let world: SlackWorld;
let place: Place;
beforeAll(async () => {
	world = await openSlackWorld();
	await eventually(() => world.platform.health().state === 'up');
	const { ts } = await world.slack.say({ user: world.tom, channel: world.general, text: 'root' });
	place = { platform: 'slack', tenantId: world.slack.teamId, channelId: world.general, threadId: ts, kind: 'channel' };
});
afterAll(() => world.close());

const readNewest = async (limit: number) => {
	const { ts } = await world.slack.say({ user: world.tom, channel: world.general, threadTs: place.threadId, text: 'now' });
	return await world.platform.readThread(place, { before: ts, limit }, signal);
};

it('alerts of other apps have the name that the app gives, or that Slack knows', async () => {
	const { slack, general: channel } = world;
	const app = slack.workspace.addApp({ name: 'CI' });
	const alert = { app, channel, threadTs: place.threadId, attachments: [{ title: '[FIRING] DiskFull db-1', text: 'Only 2 % free' }] };
	await slack.sayAsApp({ ...alert, webhook: { username: 'Alertmanager' } });
	await slack.sayAsApp({ ...alert, webhook: {} });
	const section = { type: 'section', text: { type: 'mrkdwn', text: 'Build 412 failed' } };
	await slack.sayAsApp({ app, channel, threadTs: place.threadId, text: "This content can't be displayed.", blocks: [section] });
	expect(await readNewest(3)).toMatchObject([
		{ author: 'app', authorName: 'Alertmanager', text: '[FIRING] DiskFull db-1\nOnly 2 % free' },
		{ author: 'app', authorName: 'CI', text: '[FIRING] DiskFull db-1\nOnly 2 % free' },
		{ author: 'app', authorName: 'CI', text: 'Build 412 failed' },
	]);
	expect(slack.callsTo('bots.info')).toHaveLength(1);
});

it('an app that nobody knows any more is an app', async () => {
	const { slack, general: channel } = world;
	const app = { botId: 'B0GONE', userId: 'U0GONE' };
	await slack.sayAsApp({ app, channel, threadTs: place.threadId, webhook: {}, text: 'hm' });
	expect(await readNewest(1)).toMatchObject([{ author: 'app', authorName: 'an app', text: 'hm' }]);
});

it('Slackbot is an app, and nobody who is answered', async () => {
	const { slack, general: channel } = world;
	world.events.length = 0;
	await slack.sayAsSlackbot({ channel, threadTs: place.threadId, text: `<@${slack.botUserId}> reminder: water the plants` });
	expect(await readNewest(1)).toMatchObject([{ author: 'app', authorName: 'Slackbot', text: 'reminder: water the plants' }]);
	await expect.poll(() => world.events.some((event) => 'text' in event && event.text === 'now')).toBe(true);
	expect(world.events.map((event) => 'author' in event && event.author.accountId)).not.toContain('USLACKBOT');
});

it('our own answer is read as it was written, without its buttons', async () => {
	const buttons = [{ label: 'Try again', action: { name: 'retry' as const, replyId: 'r1' } }];
	await world.platform.post(place, { text: '**Seven** | 7 & more', buttons, replyId: 'r1' }, signal);
	expect(await readNewest(1)).toMatchObject([{ author: 'self', text: '**Seven** | 7 & more' }]);
});

it('a message that is passed on, with its files, has its own author', async () => {
	const { slack, tom, lucia, general } = world;
	const files = [{ name: 'df.txt', mimetype: 'text/plain', content: '98 %' }];
	const { ts } = await slack.say({ user: lucia, channel: general, text: 'Disk is full', files });
	const forwarding = { user: tom, channel: general, threadTs: place.threadId, of: { channel: general, ts }, text: '' };
	await slack.forward(forwarding);
	const writtenAt = new Date(Math.trunc(Number(ts) * 1_000)).toISOString();
	expect(await readNewest(1)).toMatchObject([
		{
			author: 'person',
			authorName: 'tom',
			text: '',
			cited: [{ kind: 'forwarded', author: 'lucia', writtenAt, text: 'Disk is full\n[file: df.txt]' }],
		},
	]);
});

it('previews that Slack shows later change nothing of what was said', async () => {
	const { slack, tom, general: channel, events } = world;
	const { ts } = await slack.say({ user: tom, channel, threadTs: place.threadId, text: 'see <https://a.test>' });
	await slack.showPreviews({ channel, ts, attachments: [{ from_url: 'https://a.test', service_name: 'A', title: 'The page' }] });
	expect(await readNewest(1)).toMatchObject([{ text: 'see https://a.test', cited: [{ kind: 'shown', author: 'A', text: 'The page' }] }]);
	await slack.edit({ user: tom, channel, ts, text: 'see nothing' });
	await expect.poll(() => events.filter(({ type }) => type === 'message-edited')).toMatchObject([{ messageId: ts, text: 'see nothing' }]);
});
