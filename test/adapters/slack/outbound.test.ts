/** What exactly Slack is asked to do. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import type { Json } from '#test/emulators/slack/types.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

describe('what is said on Slack', () => {
	const signal = new AbortController().signal;
	let world: SlackWorld;
	let place: Place;
	beforeAll(async () => {
		world = await openSlackWorld();
	});
	afterAll(() => world.close());
	beforeEach(async () => {
		const { slack, tom, general } = world;
		const { ts } = await slack.say({ user: tom, channel: general, text: 'a question' });
		place = { platform: 'slack', tenantId: slack.teamId, channelId: general, threadId: ts, kind: 'channel' };
	});

	const last = (method: string): Json => world.slack.callsTo(method).at(-1)?.arguments ?? {};
	const actor = () => ({ tenantId: world.slack.teamId, accountId: world.tom });

	it('asks for no previews and no guessed mentions, in posts, edits and private words', async () => {
		const { platform } = world;
		const quiet = { unfurl_links: 'false', unfurl_media: 'false', link_names: 'false', parse: 'none' };
		const reference = await platform.post(place, { text: 'a', buttons: [] }, signal);
		expect(last('chat.postMessage')).toMatchObject(quiet);
		await platform.edit(reference, { text: 'b', buttons: [] }, signal);
		expect(last('chat.update')).toMatchObject({ link_names: 'false', parse: 'none' });
		await platform.sendPrivately(place, actor(), ['psst'], undefined, signal);
		expect(last('chat.postEphemeral')).toMatchObject({ ...quiet, user: world.tom, thread_ts: place.threadId });
	});

	it.each(['restricted_action', 'is_archived', 'user_not_in_channel'])(
		'speaks in the direct message where the channel takes no words: %s',
		async (error) => {
			const { slack, platform, general, tom } = world;
			slack.fail({ method: 'chat.postEphemeral', kind: 'error', error });
			await platform.sendPrivately(place, actor(), ['I may not <post>'], undefined, signal);
			const direct = slack.workspace.openDirect(tom).id;
			expect(slack.messages(direct).at(-1)).toMatchObject({ text: `<#${general}>: I may not &lt;post&gt;` });
		},
	);

	it('says a bare text without blocks, marks and buttons, and takes away what was there of them', async () => {
		const { slack, platform, general } = world;
		const buttons = [{ label: 'Stop', action: { name: 'stop', replyId: 'r' } as const }];
		const bare = { text: '## A & <!channel> **b**', buttons, replyId: 'r', isBare: true };
		const { messageId } = await platform.post(place, bare, signal);
		expect(last('chat.postMessage')).toMatchObject({ mrkdwn: 'false' });
		const other = await platform.post(place, { text: 'a', buttons, replyId: 'r' }, signal);
		await platform.edit(other, bare, signal);
		for (const ts of [messageId, other.messageId]) {
			expect(slack.message(general, ts)).toMatchObject({
				blocks: [],
				buttons: [],
				visibleText: expect.stringMatching(/^## A &amp;.*b\*\*$/),
			});
			expect(slack.message(general, ts)?.text).not.toContain('<');
		}
	});

	it('speaks to the channel where there is no thread', async () => {
		await world.platform.sendPrivately({ ...place, threadId: '' }, actor(), ['psst'], undefined, signal);
		expect(last('chat.postEphemeral')).not.toHaveProperty('thread_ts');
	});

	it('names the reader of a stream outside of direct messages only', async () => {
		const { slack, platform, tom } = world;
		await platform.openStream(place, actor(), 'a', signal);
		expect(last('chat.startStream')).toMatchObject({ recipient_user_id: tom, recipient_team_id: slack.teamId });
		const channel = slack.workspace.openDirect(tom).id;
		const { ts } = await slack.say({ user: tom, channel, text: 'hi' });
		await platform.openStream({ ...place, kind: 'direct', channelId: channel, threadId: ts }, actor(), 'a', signal);
		expect(last('chat.startStream')).not.toHaveProperty('recipient_user_id');
	});

	it('closes a stream as it is before anything that lives comes to stand in it, so that the message is edited', async () => {
		const { slack, platform } = world;
		const text = 'see [bank.com](https://evil.test)';
		const reference = await platform.openStream(place, actor(), 'see [bank.com', signal);
		const addition = { delta: '](https://evil.test)', text };
		await expect(platform.appendStream(reference, addition, signal)).rejects.toMatchObject({ reason: 'stream-closed' });
		expect(last('chat.stopStream')).not.toHaveProperty('markdown_text');
		await platform.edit(reference, { text, buttons: [] }, signal);
		expect(JSON.stringify(last('chat.update'))).not.toContain('](');
		const other = await platform.openStream(place, actor(), 'hello <!', signal);
		const end = { text: 'hello <!here>', buttons: [] };
		await expect(platform.closeStream(other, 'here>', end, signal)).rejects.toMatchObject({ reason: 'stream-closed' });
		expect(last('chat.stopStream')).not.toHaveProperty('markdown_text');
		expect(slack.callsTo('chat.appendStream')).toEqual([]);
	});

	it('begins no stream with anything that lives', async () => {
		await world.platform.openStream(place, actor(), 'see ![x](https://evil.test)', signal);
		expect(last('chat.startStream')['markdown_text']).not.toContain('](');
	});

	it('shows the Stop control as long as the stream is open, and takes it away when Slack ends the stream', async () => {
		const { slack, platform, general } = world;
		const status = () => slack.session(general, place.threadId)?.status;
		const shown = async (wanted: string) => await expect.poll(status).toBe(wanted);
		const closed = await platform.openStream(place, actor(), 'a', signal);
		await shown('processing');
		await platform.closeStream(closed, '', { text: 'a', buttons: [] }, signal);
		await shown('active');
		const expired = await platform.openStream(place, actor(), 'a', signal);
		await shown('processing');
		slack.ageStream(general, expired.messageId, 6 * 60_000);
		await platform.appendStream(expired, { delta: 'b', text: 'ab' }, signal).catch(() => {});
		await shown('active');
	});

	it('goes on showing it when one thread is gone, and stops asking when the app has none', async () => {
		const { slack, platform } = world;
		slack.fail({ method: 'agents.sessions.setStatus', kind: 'error', error: 'thread_not_found' });
		await platform.openStream(place, actor(), 'a', signal);
		await platform.openStream(place, actor(), 'b', signal);
		await expect.poll(() => slack.callsTo('agents.sessions.setStatus').at(-1)?.error).toBeUndefined();
		slack.fail({ method: 'agents.sessions.setStatus', kind: 'error', error: 'unknown_method' });
		await platform.openStream(place, actor(), 'c', signal);
		await expect.poll(() => slack.callsTo('agents.sessions.setStatus').at(-1)?.error).toBe('unknown_method');
		const asked = slack.callsTo('agents.sessions.setStatus').length;
		await platform.openStream(place, actor(), 'd', signal);
		expect(slack.callsTo('agents.sessions.setStatus')).toHaveLength(asked);
	});

	it('answers a command through its response_url, and in the channel once that is used up', async () => {
		const { slack, platform, general, tom, events } = world;
		const result = await slack.slash({ user: tom, channel: general, command: '/ccb', text: 'help' });
		const event = events.findLast((candidate) => candidate.type === 'command-invoked');
		const handle = event?.type === 'command-invoked' ? event.replyHandle : undefined;
		const before = slack.callsTo('chat.postEphemeral').length;
		for (let count = 0; count < 5; count++) await platform.sendPrivately(place, actor(), [`answer <${count}>`], handle, signal);
		expect(result.responses.map(({ text, inChannel }) => [text, inChannel])).toEqual(
			[0, 1, 2, 3, 4].map((count) => [`answer &lt;${count}&gt;`, false]),
		);
		expect(slack.callsTo('chat.postEphemeral')).toHaveLength(before);
		await platform.sendPrivately(place, actor(), ['Too late:', { rows: [['<one>', '1 & 2']] }], handle, signal);
		expect(last('chat.postEphemeral')).toMatchObject({ text: 'Too late:\n• *&lt;one&gt;*: 1 &amp; 2', user: tom });
	});

	it('has a field for each name in private words, and lines where Slack does not take that', async () => {
		const { slack, platform, general, tom, events } = world;
		const told = ['Now:', { rows: [['in use', '2 of 4'] as const] }];
		const { responses } = await slack.slash({ user: tom, channel: general, command: '/ccb', text: 'quota' });
		const event = events.findLast((candidate) => candidate.type === 'command-invoked');
		await platform.sendPrivately(place, actor(), told, event?.type === 'command-invoked' ? event.replyHandle : undefined, signal);
		const text = 'Now:\n• *in use*: 2 of 4';
		expect(responses).toMatchObject([{ text, blocks: [{ text: { text: 'Now:' } }, { fields: [{ text: '*in use*\n2 of 4' }] }] }]);
		slack.fail({ method: 'chat.postEphemeral', kind: 'error', error: 'invalid_blocks' });
		await platform.sendPrivately(place, actor(), told, undefined, signal);
		expect(last('chat.postEphemeral')).toMatchObject({ text });
		expect(last('chat.postEphemeral')).not.toHaveProperty('blocks');
	});
});
