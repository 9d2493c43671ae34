/** Who somebody is by Slack's word, and that what does not fit makes nobody a member. */

import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { readProfile, readUserChange } from '../../../adapters/slack/people.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const actor = { tenantId: 'T1', accountId: 'U1' };
const user = {
	id: 'U1',
	team_id: 'T1',
	name: 'ada',
	profile: { display_name: 'Ada', email: 'ada@example.com' },
	is_email_confirmed: true,
	locale: 'es-ES',
};

describe("Slack's user object", () => {
	it('is read', () => {
		expect(readProfile(user, actor, 'T1')).toEqual({
			accountId: 'U1',
			tenantId: 'T1',
			displayName: 'Ada',
			locale: 'es-ES',
			isBot: false,
			isGuest: false,
			isExternal: false,
			isDeactivated: false,
			email: 'ada@example.com',
		});
	});

	it('gives names as people see them', () => {
		expect(readProfile({ ...user, profile: { display_name: 'Q&amp;A &lt;Ada&gt;' } }, actor, 'T1').displayName).toBe('Q&A <Ada>');
	});

	it.each([
		['a stranger', { ...user, is_stranger: true }, actor],
		['of another workspace', { ...user, team_id: 'T2' }, actor],
		['of no workspace', { ...user, team_id: undefined }, actor],
		['met as somebody of another workspace', user, { ...actor, tenantId: 'T2' }],
		['empty', {}, actor],
	])('makes nobody a member who is %s', (_name, wire, met) => {
		const profile = readProfile(wire, met, 'T1');
		expect(profile).toMatchObject({ isExternal: true, ...met });
		expect(profile).not.toHaveProperty('email');
	});

	it.each([
		['is not confirmed', { ...user, is_email_confirmed: false }],
		['nobody says is confirmed', { ...user, is_email_confirmed: undefined }],
		['belongs to a bot', { ...user, is_bot: true }],
		['is none', { ...user, profile: { email: 7 } }],
		['is empty', { ...user, profile: { email: '' } }],
	])('gives no e-mail address that %s', (_name, wire) => {
		expect(readProfile(wire, actor, 'T1')).not.toHaveProperty('email');
	});
});

describe('a change of a user', () => {
	const identity = { teamId: 'T1', botUserId: 'UBOT', botId: 'B1' };
	const read = (changed: unknown) => readUserChange({ event: { type: 'user_change', user: changed } }, identity);

	it('is read as the user object that it is', () => {
		expect(read({ ...user, deleted: true })).toEqual({ ...readProfile(user, actor, 'T1'), isDeactivated: true });
		expect(read({ ...user, is_ultra_restricted: true })).toMatchObject({ isGuest: true });
		expect(read({ ...user, team_id: 'T2' })).toMatchObject({ tenantId: 'T2', isExternal: true });
	});

	it.each([
		['nobody', undefined],
		['an id alone', 'U1'],
		['somebody without an id', { ...user, id: undefined }],
		['somebody of nowhere', { ...user, team_id: undefined }],
		['the bot', { ...user, id: 'UBOT' }],
	])('tells of nobody: %s', (_name, changed) => {
		expect(read(changed)).toBeNull();
	});
});

describe('the e-mail address of a person', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	async function emailOf(scopes: readonly string[]): Promise<string | undefined> {
		world = await openSlackWorld({}, { scopes });
		const { slack, platform, tom, general } = world;
		await expect.poll(() => platform.health().state).toBe('up');
		const place: Place = { platform: 'slack', tenantId: slack.teamId, channelId: general, threadId: '', kind: 'channel' };
		return (await platform.fetchProfile({ tenantId: slack.teamId, accountId: tom }, place, new AbortController().signal)).email;
	}

	it('is known only with the scope for it', async () => {
		expect(await emailOf(defaultScopes)).toBeUndefined();
		await world.close();
		expect(await emailOf([...defaultScopes, 'users:read.email'])).toBe('tom@example.test');
	});
});
