import { describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { messageLink, readMessageLink } from '../../../adapters/teams/links.ts';

const tenantId = '0c9b8a79-6857-4463-92f1-e0dfcebdac9b';
const groupId = 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b';
const channel = '19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2';
const near: Place = {
	platform: 'teams',
	tenantId,
	channelId: 'a:1',
	threadId: '',
	kind: 'direct',
	route: 'https://smba.example/emea/#team',
};
const link = (path: string, query: Record<string, string> = {}, host = 'teams.microsoft.com') =>
	`https://${host}/l/message/${path}?${new URLSearchParams({ tenantId, ...query })}`;
const inChannel = `${encodeURIComponent(channel)}/1616990032035`;

describe('a link to a message of Teams', () => {
	it('is read with its thread and its team, by way of a place nearby', () => {
		const read = readMessageLink(link(inChannel, { groupId, parentMessageId: '1616990032000' }), near, tenantId);
		const route = `https://smba.example/emea/#${groupId}`;
		const place = { platform: 'teams', tenantId, channelId: channel, threadId: '1616990032000', kind: 'channel', route };
		expect(read).toEqual({ place, messageId: '1616990032035' });
	});

	it('begins its own thread where it names none, and has no way where nothing is nearby', () => {
		const read = readMessageLink(link(inChannel, { groupId }, 'teams.cloud.microsoft'), null, tenantId);
		expect(read?.place).toMatchObject({ threadId: '1616990032035', route: `#${groupId}` });
		expect(readMessageLink(link(inChannel), { ...near, platform: 'slack' }, tenantId)?.place.route).toBe('');
	});

	it('may lead into a group chat', () => {
		const read = readMessageLink(link('19:abc@thread.v2/1616990032035', { context: '{"contextType":"chat"}' }), near, tenantId);
		expect(read?.place).toMatchObject({ kind: 'group', threadId: '', channelId: '19:abc@thread.v2' });
	});

	it.each([
		link(inChannel, { tenantId: 'somebody-else' }),
		link(inChannel, {}, 'teams.microsoft.com.evil.example'),
		link('19:a_b@unq.gbl.spaces/1616990032035'),
		link(`${encodeURIComponent(channel)}/x`),
		link('%E0%A4%A/1616990032035'),
		`https://teams.microsoft.com/l/channel/${encodeURIComponent(channel)}/General`,
		'no link',
	])('is none: %s', (other) => {
		expect(readMessageLink(other, near, tenantId)).toBeNull();
	});
});

describe('the link to a message of Teams', () => {
	const place = { ...near, channelId: channel, threadId: '1616990032000', kind: 'channel' } as const;

	it('names the team and the thread, and reads back', () => {
		const written = messageLink({ place, messageId: '1616990032035' }, groupId) ?? '';
		expect(readMessageLink(written, near, tenantId)).toMatchObject({
			messageId: '1616990032035',
			place: { channelId: channel, threadId: '1616990032000', route: expect.stringContaining(groupId) },
		});
	});

	it('is one in a group chat, and none in a chat of two', () => {
		const group = messageLink({ place: { ...place, channelId: '19:abc@thread.v2', threadId: '', kind: 'group' }, messageId: '17' }, '');
		expect(new URL(group ?? '').searchParams.get('context')).toBe('{"contextType":"chat"}');
		expect(messageLink({ place: near, messageId: '17' }, '')).toBeNull();
	});
});
