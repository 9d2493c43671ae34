/** Who somebody is by Slack's word, and that what does not fit makes nobody a member. */

import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { readProfile, readUserChange } from '../../../adapters/slack/people.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const actor = { tenantId: 'T1', accountId: 'U1' };
const own = { teamId: 'T1' };
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
		expect(readProfile(user, actor, own)).toEqual({
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
		expect(readProfile({ ...user, profile: { display_name: 'Q&amp;A &lt;Ada&gt;' } }, actor, own).displayName).toBe('Q&A <Ada>');
	});

	it.each([
		['Asia/Tokyo', { timeZone: 'Asia/Tokyo' }],
		['Nowhere/Land', {}],
		['', {}],
		[9, {}],
	])('tells a time zone that there is: %j', (tz, told) => {
		const { timeZone } = readProfile({ ...user, tz }, actor, own);
		expect(timeZone === undefined ? {} : { timeZone }).toEqual(told);
	});

	it.each([
		['a stranger', { ...user, is_stranger: true }, actor],
		['of another workspace', { ...user, team_id: 'T2' }, actor],
		['of no workspace', { ...user, team_id: undefined }, actor],
		['met as somebody of another workspace', user, { ...actor, tenantId: 'T2' }],
		['empty', {}, actor],
	])('makes nobody a member who is %s', (_name, wire, met) => {
		const profile = readProfile(wire, met, own);
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
		expect(readProfile(wire, actor, own)).not.toHaveProperty('email');
	});
});

describe('in an Enterprise Grid, the user object', () => {
	const grid = { teamId: 'T1', enterpriseId: 'E1' };
	const sister = { ...user, id: 'W1', team_id: 'T2', enterprise_user: { enterprise_id: 'E1', teams: ['T1', 'T2'] } };
	const company = (enterprise: unknown, team: unknown = 'T2') => ({ ...sister, team_id: team, enterprise_user: enterprise });

	it.each([
		['of a sister workspace', sister, 'T1'],
		['met in their own workspace', sister, 'T2'],
		['of a sister workspace alone', company({ enterprise_id: 'E1', teams: ['T2'] }), 'T1'],
		['of no workspace but the company', company({ teams: ['T1', 'T2'] }, undefined), 'T1'],
		['of another of its workspaces', company({ teams: ['T1', 'T2'] }), 'T1'],
		['of our own workspace', company({ enterprise_id: 'E1', teams: ['T1'] }, 'T1'), 'T1'],
		['of our own workspace, and of no company that is told', user, 'T1'],
	])('makes a colleague of somebody %s', (_name, wire, tenantId) => {
		expect(readProfile(wire, { accountId: 'W1', tenantId }, grid)).toMatchObject({ isExternal: false, email: 'ada@example.com' });
	});

	it('is enough where Slack has not told our company', () => {
		expect(readProfile(company({ teams: ['T1', 'T2'] }), { accountId: 'W1', tenantId: 'T1' }, own).isExternal).toBe(false);
	});

	it.each([
		['a stranger', { ...sister, is_stranger: true }, 'T1'],
		['of another company', company({ enterprise_id: 'E9', teams: ['T2'] }), 'T1'],
		['of another company that claims our workspace', company({ enterprise_id: 'E9', teams: ['T1', 'T2'] }, 'T1'), 'T1'],
		['of a company without our workspace', company({ teams: ['T2'] }), 'T1'],
		['of a company that is none', company('E1'), 'T1'],
		['of workspaces that are none', company({ teams: 'T1' }), 'T1'],
		['of another workspace and no company', company(undefined), 'T1'],
		['met in a workspace that is not the company’s', sister, 'T9'],
		['met nowhere that makes sense', sister, 'unknown'],
	])('makes nobody a colleague who is %s', (_name, wire, tenantId) => {
		const profile = readProfile(wire, { accountId: 'W1', tenantId }, grid);
		expect(profile).toMatchObject({ isExternal: true, tenantId });
		expect(profile).not.toHaveProperty('email');
	});

	it('tells of changes of colleagues as of people of our workspace', () => {
		const change = (changed: unknown) => readUserChange({ event: { user: changed } }, { ...grid, botUserId: 'UBOT', botId: 'B1' });
		expect(change({ ...sister, deleted: true })).toMatchObject({ tenantId: 'T1', accountId: 'W1', isExternal: false, isDeactivated: true });
		expect(change(company({ teams: ['T1'] }, undefined))).toMatchObject({ tenantId: 'T1', isExternal: false });
		expect(change(company({ enterprise_id: 'E9', teams: ['T2'] }))).toMatchObject({ tenantId: 'T2', isExternal: true });
	});
});

describe('a machine', () => {
	it.each([
		['a bot', { ...user, is_bot: true }, 'U1'],
		['a workflow', { ...user, is_workflow_bot: true }, 'U1'],
		['a connector', { ...user, is_connector_bot: true }, 'U1'],
		['Slackbot', { ...user, is_bot: false }, 'USLACKBOT'],
	])('is no person: %s', (_name, wire, accountId) => {
		expect(readProfile(wire, { ...actor, accountId }, own).isBot).toBe(true);
	});
});

describe('a change of a user', () => {
	const identity = { teamId: 'T1', botUserId: 'UBOT', botId: 'B1' };
	const read = (changed: unknown) => readUserChange({ event: { type: 'user_change', user: changed } }, identity);

	it('is read as the user object that it is', () => {
		expect(read({ ...user, deleted: true })).toEqual({ ...readProfile(user, actor, own), isDeactivated: true });
		expect(read({ ...user, is_ultra_restricted: true })).toMatchObject({ isGuest: true });
		expect(read({ ...user, team_id: 'T2' })).toMatchObject({ tenantId: 'T2', isExternal: true });
	});

	it.each([
		['nobody', undefined],
		['an id alone', 'U1'],
		['somebody without an id', { ...user, id: undefined }],
		['somebody of nowhere', { ...user, team_id: undefined }],
		['the bot', { ...user, id: 'UBOT' }],
		['Slackbot', { ...user, id: 'USLACKBOT' }],
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
