import { describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { createMembers } from '../../../adapters/slack/members.ts';
import { openSlackWorld } from './slack-world.ts';

const { signal } = new AbortController();
const nobody = { tenantId: 'T', accountId: 'U' };
const placeOf = (channelId: string): Place => ({ platform: 'slack', tenantId: 'T', channelId, threadId: '', kind: 'channel' });

describe('the members of a channel', () => {
	it('are read page by page, and the scope is needed', async () => {
		const { slack, platform, close } = await openSlackWorld();
		const members = Array.from({ length: 2_001 }, (_, index) => slack.workspace.addUser({ name: `p${index}` }).id);
		const { id } = slack.workspace.addChannel({ name: 'many', members, isPrivate: true });
		const found = await platform.fetchMembers(placeOf(id), nobody, signal);
		expect(members.every((member) => found.has(member))).toBe(true);
		expect(slack.callsTo('conversations.members')).toHaveLength(3);
		slack.setScopes(['channels:read']);
		await expect(platform.fetchMembers(placeOf(id), nobody, signal)).rejects.toMatchObject({ reason: 'missing_scope' });
		await close();
	});

	it('are not told where they do not end', async () => {
		const call = async () => ({ ok: true, members: ['U'], response_metadata: { next_cursor: 'more' } });
		await expect(createMembers(call).fetchMembers(placeOf('C'), nobody, signal)).rejects.toMatchObject({ reason: 'too-many' });
	});
});
