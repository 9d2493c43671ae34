import { describe, expect, it } from 'vitest';
import { followMembers } from '#src/events/member-events.ts';
import { createSubscriptions } from '#src/events/subscriptions.ts';
import type { MembershipChange } from '#src/identity/place-answers.ts';
import type { Place } from '#src/platform/place.ts';
import type { PlaceEvent } from '#src/platform/place-event.ts';

const { signal } = new AbortController();
const place: Place = { platform: 'teams', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' };
const base = { key: 'k', platform: 'teams', tenantId: 'T', occurredAt: '2030-01-01T00:00:00Z' };
const member = { tenantId: 'T', accountId: 'ana' };
const left: PlaceEvent = { ...base, type: 'member-left', place, member, isSelf: false };
const renamed: PlaceEvent = { ...base, type: 'place-renamed', place, name: 'new' };

describe('what happens in a place', () => {
	it('is handed to everybody who subscribed to it, one after the other, and to nobody else', async () => {
		const subscriptions = createSubscriptions();
		const heard: string[] = [];
		subscriptions.on(['place-renamed', 'member-left'], async (event) => void heard.push(`first ${event.type}`));
		subscriptions.on(['place-renamed'], async ({ name }) => void heard.push(`second ${name}`));
		expect([subscriptions.isWanted(renamed), subscriptions.isWanted({ ...left, type: 'member-joined' })]).toEqual([true, false]);
		expect(await subscriptions.handle(renamed, signal)).toBe('recorded');
		expect(await subscriptions.handle(left, signal)).toBe('recorded');
		expect(heard).toEqual(['first place-renamed', 'second new', 'first member-left']);
	});

	it('is kept only as far as it is meant', async () => {
		const subscriptions = createSubscriptions();
		subscriptions.on(
			['member-left'],
			async () => {},
			({ isSelf }) => isSelf,
		);
		expect([subscriptions.isWanted(left), subscriptions.isWanted({ ...left, isSelf: true })]).toEqual([false, true]);
		expect(await subscriptions.handle(left, signal)).toBe('ignored');
	});

	it('is nobody’s business while nobody has', async () => {
		expect(await createSubscriptions().handle(renamed, signal)).toBe('ignored');
	});

	it('is not done when one of them fails', async () => {
		const subscriptions = createSubscriptions();
		subscriptions.on(['place-renamed'], () => Promise.reject(new TypeError('no')));
		await expect(subscriptions.handle(renamed, signal)).rejects.toThrow('no');
	});
});

describe('what is remembered of members', () => {
	it.each<[string, PlaceEvent, MembershipChange[]]>([
		['somebody left a channel', left, [{ platform: 'teams', channelId: 'C' }]],
		['somebody left a team', { ...left, isWholeTeam: true }, [{ platform: 'teams', channelId: 'C', accountId: 'ana' }]],
		['somebody left a team who is not named', { ...left, member: null, isWholeTeam: true }, [{ platform: 'teams' }]],
		['the channel was closed', { ...base, type: 'place-made-private', place }, [{ platform: 'teams', channelId: 'C' }]],
		['a team is gone', { ...base, type: 'place-deleted', place, isWholeTeam: true }, [{ platform: 'teams' }]],
		['the bot is out of a workspace', { ...base, type: 'app-removed', place: null }, [{ platform: 'teams' }]],
		['people of another company were let in', { ...base, type: 'place-shared', place }, [{ platform: 'teams', channelId: 'C' }]],
		['the channel was renamed', renamed, []],
	])('is forgotten as far as it may be untrue: %s', async (_name, event, expected) => {
		const subscriptions = createSubscriptions();
		const forgotten: MembershipChange[] = [];
		followMembers(subscriptions, { forget: async (change) => void forgotten.push(change) });
		await subscriptions.tell(event);
		expect(forgotten).toEqual(expected);
		expect(subscriptions.isWanted(event)).toBe(false);
	});
});
