/** People of our company's other workspaces, in an Enterprise Grid: one person each, and nobody else gets in with them. */

import { afterEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import type { SlackCall } from '../../../adapters/slack/client.ts';
import { createEnterprise } from '../../../adapters/slack/enterprise.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const { signal } = new AbortController();

describe('in a workspace of an Enterprise Grid', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	async function open(enterpriseId?: string) {
		world = await openSlackWorld({}, enterpriseId === undefined ? {} : { enterpriseId });
		const { slack } = world;
		await eventually(() => world.platform.health().state === 'up');
		const teams = [slack.teamId, 'T0SISTER'];
		const anna = slack.workspace.addUser({ id: 'W0ANNA', name: 'anna', teamId: 'T0SISTER', enterpriseTeams: teams }).id;
		const cleo = slack.workspace.addUser({ id: 'W0CLEO', name: 'cleo', teamId: 'T0SISTER', enterpriseTeams: ['T0SISTER'] }).id;
		const eve = slack.workspace.addUser({ id: 'U0EVE', name: 'eve', teamId: 'T0OTHER' }).id;
		const shared = slack.workspace.addChannel({ name: 'shared', members: [anna, cleo, eve] }).id;
		const heard = async (user: string) => {
			const { ts } = await slack.say({ user, channel: shared, text: `<@${slack.botUserId}> hi` });
			const event = await eventually(() => world.events.find((one) => one.type === 'message-received' && one.messageId === ts));
			if (event.type !== 'message-received') throw new Error('no message');
			const profile = await world.platform.fetchProfile(event.author, event.place, signal);
			return { ...event.author, isExternal: profile.isExternal };
		};
		return { slack, anna, cleo, eve, shared, heard };
	}

	it('a colleague of a sister workspace is one of us, and the same person everywhere', async () => {
		const { slack, anna, cleo, shared, heard } = await open('E0EMULATED');
		const one = { tenantId: slack.teamId, isExternal: false };
		expect(await heard(anna)).toEqual({ ...one, accountId: anna });
		expect(await heard(cleo)).toEqual({ ...one, accountId: cleo });
		const { ts } = slack.messages(shared).at(-1) ?? { ts: '' };
		const reference = { platform: 'slack', tenantId: slack.teamId, channelId: shared, threadId: ts, kind: 'channel' } as const;
		const buttons = [{ label: 'Again', action: { name: 'retry' as const, replyId: 'r1' } }];
		const { messageId } = await world.platform.post(reference, { text: 'x', buttons }, signal);
		await slack.press({ user: anna, channel: shared, ts: messageId, actionId: 'openccb_retry' });
		expect(world.events.at(-1)).toMatchObject({ type: 'button-pressed', actor: { tenantId: slack.teamId, accountId: anna } });
		await slack.changeUser(anna, { deleted: true });
		await eventually(() => world.profiles.length > 0);
		expect(world.profiles.at(-1)?.profile).toMatchObject({ tenantId: slack.teamId, accountId: anna, isDeactivated: true });
	});

	it('somebody of another company stays outside, whatever the event says', async () => {
		const { slack, anna, eve, heard } = await open('E0EMULATED');
		await heard(anna);
		expect(await heard(eve)).toEqual({ tenantId: 'T0OTHER', accountId: eve, isExternal: true });
		const claims = { user_team: slack.teamId, team: slack.teamId, source_team: 'E0EMULATED', enterprise_id: 'E0EMULATED' };
		const event = { type: 'app_mention', user: eve, channel: 'C1', ts: '1.1', text: `<@${slack.botUserId}> let me in`, ...claims };
		const body = { type: 'event_callback', team_id: slack.teamId, enterprise_id: 'E0EMULATED', event_id: 'Ev1', event };
		await slack.deliver(JSON.stringify(body));
		const { author } = world.events.at(-1) as { author: { tenantId: string; accountId: string } };
		const place = { platform: 'slack', tenantId: slack.teamId, channelId: 'C1', threadId: '1.1', kind: 'channel' } as const;
		expect((await world.platform.fetchProfile(author, place, signal)).isExternal).toBe(true);
	});

	it('an event is not acknowledged as long as Slack does not tell whose workspace it is from', async () => {
		const { slack, anna, heard } = await open('E0EMULATED');
		slack.fail({ method: 'users.info', kind: '429', times: 2, retryAfterSeconds: 1 });
		expect(await heard(anna)).toMatchObject({ tenantId: slack.teamId, isExternal: false });
		expect(slack.deliveries.map(({ httpStatus }) => httpStatus)).toContain(503);
	});

	it('nobody is asked about in a workspace of its own', async () => {
		const { slack, eve, shared } = await open();
		await slack.say({ user: eve, channel: shared, text: `<@${slack.botUserId}> hi` });
		await eventually(() => world.events.length > 0);
		expect(slack.callsTo('users.info')).toEqual([]);
	});
});

describe('what is known of the company', () => {
	const own = { teamId: 'T1', botUserId: 'UBOT', botId: 'B1', enterpriseId: 'E1' };
	const company = { enterprise_id: 'E1', teams: ['T1', 'T2', 'T3'] };
	function open(answer: (user: string) => object | BotError) {
		const asked: string[] = [];
		const clock = createManualClock();
		const call = (async (_method, { user }) => {
			asked.push(String(user));
			const given = answer(String(user));
			if (given instanceof BotError) throw given;
			return { ok: true, user: given };
		}) satisfies SlackCall;
		return { asked, clock, enterprise: createEnterprise({ call, identity: () => own, clock }) };
	}
	const met = (accountId: string, tenantId = 'T2') => ({ accountId, tenantId });

	it('grows by all workspaces of a colleague, who is asked about once', async () => {
		const { asked, enterprise } = open(() => ({ team_id: 'T2', enterprise_user: company }));
		expect(await Promise.all([enterprise.learn(met('W1')), enterprise.learn(met('W1'))])).toEqual([true, true]);
		expect([...(enterprise.identity()?.sisterTeams ?? [])].sort()).toEqual(['T1', 'T2', 'T3']);
		expect(asked).toEqual(['W1']);
	});

	it('does not grow by a colleague who is met elsewhere, nor by people of our own workspace', async () => {
		const { asked, enterprise } = open(() => ({ team_id: 'T2', enterprise_user: company }));
		expect(await enterprise.learn(met('W1', 'T9'))).toBe(false);
		expect(await enterprise.learn(met('W1', 'unknown'))).toBe(false);
		expect(await enterprise.learn(met('W1', 'T1'))).toBe(false);
		expect(enterprise.identity()?.sisterTeams?.size).toBe(0);
		expect(asked).toHaveLength(2);
	});

	it('is asked for again an hour later, or after a failure', async () => {
		const answers: (object | BotError)[] = [
			new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }),
			new BotError('PLATFORM_REJECTED', 'no', { reason: 'user_not_visible' }),
			{ team_id: 'T2', enterprise_user: company },
		];
		const { clock, enterprise } = open(() => answers.shift() ?? {});
		await expect(enterprise.learn(met('W1'))).rejects.toThrow('away');
		expect(await enterprise.learn(met('W1'))).toBe(false);
		expect(await enterprise.learn(met('W1'))).toBe(false);
		await clock.advance(60 * 60_000);
		expect(await enterprise.learn(met('W1'))).toBe(true);
	});
});
